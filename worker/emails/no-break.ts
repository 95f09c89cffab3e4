import { html } from 'hono/html';

/** Hours, a code or a phone number: "9:30–11:00", "AB-4K7M2PQ", "0912 345 678", "0912 ••• •••". */
const WHOLE =
  /(\d{1,2}:\d{2}–\d{1,2}:\d{2}|\b[A-Z]{2,4}-[0-9A-Z]{7}\b|\b0\d{2,3}(?: [\d•]{3,4}){2})/;

/** A text of an e-mail, escaped, in which no line breaks inside hours, a code or a phone number. */
export function noBreak(text: string): ReturnType<typeof html>[] {
  return text
    .split(WHOLE)
    .filter((part) => part !== '')
    .map((part) =>
      WHOLE.test(part) ? html`<span style="white-space:nowrap">${part}</span>` : html`${part}`,
    );
}
