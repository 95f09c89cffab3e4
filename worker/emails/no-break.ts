import { html } from 'hono/html';

/** Hours, a code, a phone number: what must not be torn apart at the end of a line. */
const WHOLE =
  /(\d{1,2}:\d{2}–\d{1,2}:\d{2}|\b[A-Z]{2,4}-[0-9A-Z]{7}\b|\b0\d{2,3}(?: [\d•]{3,4}){2})/;

/** A text of an e-mail, escaped, in which hours, codes and phone numbers go to the next line as a whole. */
export function noBreak(text: string): ReturnType<typeof html>[] {
  return text
    .split(WHOLE)
    .filter((part) => part !== '')
    .map((part) =>
      WHOLE.test(part) ? html`<span style="white-space:nowrap">${part}</span>` : html`${part}`,
    );
}
