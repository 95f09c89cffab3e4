/** Characters that show nothing (zero-width, direction marks, fillers), except the joiner and the selector inside an emoji. */
const INVISIBLE =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D|(?<!\p{Emoji})\uFE0F|(?![\u200D\uFE0F])[\p{Cf}\p{DI}]/gu;

/**
 * A typed line as it is stored and compared: NFC, without invisible characters, each run of white space one space, no white
 * space at the ends. Every reader of a typed value starts with this function, `tidyText` or `tidyCode`.
 */
export function tidyLine(text: string): string {
  return dropControls(text).replace(/\s+/gu, ' ').trim();
}

/** The same for notes and messages, with line breaks kept as `\n`. */
export function tidyText(text: string): string {
  return dropControls(text.replace(/\r\n?/g, '\n'))
    .replace(/[^\S\n]+/gu, ' ')
    .trim();
}

/** The same for what is read as characters, not as words (codes, phone numbers, digits): full-width "８" is "8" (NFKC). */
export function tidyCode(text: string): string {
  return tidyLine(text.normalize('NFKC'));
}

/** Whether nothing that shows was typed; a field that was not sent is blank too. */
export function isBlank(text: string | undefined): boolean {
  return text === undefined || tidyText(text) === '';
}

/** The search form of a text: no Vietnamese marks, đ as d, lower case ("Đặt lịch" → "dat lich"). */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .toLowerCase();
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00A0',
};

/** Text with the character references that HTML writers use decoded (`&amp;`, `&#244;`, `&#x1EA3;`); others stay as they are. */
export function decodeEntities(html: string): string {
  return html.replace(/&(#x?)?(\w+);/gi, (whole, numeric: string | undefined, name: string) => {
    if (numeric === undefined) return entities[name] ?? whole;
    return String.fromCodePoint(parseInt(name, numeric === '#' ? 10 : 16));
  });
}

/** The words of a piece of HTML on one line, in NFC, with a space where a tag stood. */
export function htmlToText(html: string): string {
  const words = html
    .replace(/<(script|style|template)\b[^]*?<\/\1>/g, ' ')
    .replace(/<[^>]+>/g, ' ');
  return decodeEntities(words).replace(/\s+/g, ' ').trim().normalize('NFC');
}

/** Number of user-visible code points, the unit of every length limit. */
export function lengthOf(text: string): number {
  return Array.from(text).length;
}

function dropControls(text: string): string {
  return text
    .toWellFormed()
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(/[^\P{Cc}\n]/gu, ' ');
}
