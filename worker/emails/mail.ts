/** An e-mail ready to be sent, but for its envelope. */
export interface Mail {
  subject: string;
  text: string;
  html: string;
  attachments: readonly MailAttachment[];
}

/** A mail of the house itself, and which staff address it is for. */
export interface SystemMailContent {
  mail: Mail;
  address: 'first' | 'second';
}

/** A text file that goes with an e-mail. */
export interface MailAttachment {
  filename: string;
  type: string;
  content: string;
}
