/** An e-mail without sender and receiver. */
export interface Mail {
  subject: string;
  text: string;
  html: string;
  attachments: readonly MailAttachment[];
  /** Headers beside those of every mail. */
  headers?: Readonly<Record<string, string>>;
}

/** A mail to staff, and which of their addresses it is for. */
export interface SystemMailContent {
  mail: Mail;
  address: 'first' | 'second' | 'owner';
}

/** A text file that goes with an e-mail. */
export interface MailAttachment {
  filename: string;
  type: string;
  content: string;
}
