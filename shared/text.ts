/**
 * Characters that show nothing: zero-width ones, direction marks, fillers, private use, noncharacters, and the three that are
 * blank by design (Braille blank, object replacement, null notehead). The joiner and the selector inside an emoji stay.
 */
const INVISIBLE =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D|(?<!\p{Emoji})\uFE0F|(?![\u200D\uFE0F])[\p{Cf}\p{DI}\p{Co}\p{NChar}\u2800\uFFFC\u{1D159}]/gu;

/** Marks without a letter before them to stand on. */
const LONE_MARKS = /(?<=^|\s)\p{M}+/gu;

/**
 * A typed line as it is stored and compared: NFC, without what does not show, each run of white space one space, no white
 * space at the ends. Every reader of a typed value starts with this function, `tidyText`, `tidyCode` or `bareCode`.
 */
export function tidyLine(text: string): string {
  return dropUnseen(text).replace(/\s+/gu, ' ').trim();
}

/** The same for notes and messages, with line breaks kept as `\n`. */
export function tidyText(text: string): string {
  return dropUnseen(text.replace(/\r\n?/g, '\n'))
    .replace(/[^\S\n]+/gu, ' ')
    .trim();
}

/**
 * The same for what is read as characters, not as words (codes, phone numbers, digits): full-width "８" is "8" (NFKC), every
 * dash is "-". Fractions and raised digits stay, since "80²" is not 802.
 */
export function tidyCode(text: string): string {
  return tidyLine(text.replace(/\P{No}+/gu, (part) => part.normalize('NFKC')))
    .replace(/[\u200D\uFE0F]/g, '')
    .replace(/\p{Dash}/gu, '-')
    .replaceAll('。', '.');
}

/** What copying leaves before a value and behind it. */
const BEFORE = /^[\s\p{Ps}\p{Pi}\p{Pf}"'`#<]+/u;
const BEHIND = `[\\s\\p{Pe}\\p{Pi}\\p{Pf}"'\`>.,;:!?]`;
/** The lookbehind tries each run once: a long one in the middle costs no more than its length. */
const AT_END = new RegExp(`(?<!${BEHIND})${BEHIND}+$`, 'u');

/** `tidyCode` without what copying leaves round a value: brackets, quotes, `#` before it, full stops and commas behind it. */
export function bareCode(text: string): string {
  return tidyCode(text).replace(BEFORE, '').replace(AT_END, '');
}

/** Whether nothing that shows was typed; a field that was not sent is blank too. */
export function isBlank(text: string | undefined): boolean {
  return text === undefined || tidyText(text) === '';
}

/** Whether a text has a letter or digit, which "..." has not. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** The search form of a text: no Vietnamese marks, đ as d, lower case, plain digits ("Đặt 5 m²" → "dat 5 m2"). */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
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

/** Normalises after the invisible characters are gone, and looks for lone marks once controls are white space. */
function dropUnseen(text: string): string {
  return text
    .toWellFormed()
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(/[^\P{Cc}\n]/gu, ' ')
    .replace(LONE_MARKS, '');
}

/** Words that stay on one line, such as the groups of a phone number, or two times with a dash between them. */
export function keepTogether(words: string): string {
  return words.replaceAll(' ', '\u00a0').replaceAll('–', '–\u2060');
}

/** A heading as it stands within a sentence. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
