/** An e-mail ready to be sent, but for its envelope. */
export interface Mail {
  subject: string;
  text: string;
  html: string;
  attachments: readonly MailAttachment[];
}

/** A text file that goes with an e-mail. */
export interface MailAttachment {
  filename: string;
  type: string;
  content: string;
}
