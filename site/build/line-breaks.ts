import {
  DRAFT_END,
  DRAFT_START,
  FROZEN_END,
  FROZEN_START,
} from '../../shared/privacy/policy-fragment.ts';

/** Words that begin a new part of a Vietnamese heading. */
const OPENERS = new Set(
  `bằng các cách cho chưa có của để đến hay hoặc khi không mà mới một mỗi những ở qua rồi sau tại theo thì tới trên trong trước từ
từng và về với`.split(/\s/),
);
/** What fits one line of the largest heading on a phone with letters of double size. */
const WORD_MAX_LENGTH = 10;

/** Each with what opens it and its words; what the Worker fills is left out. */
const HEADINGS = [
  /(<h[1-3](?![^>]*data-text)[^>]*>)([^<]+)/g,
  /(<a class="row-link(?![^>]*data-text)[^>]*>)([^<]+)/g,
  /(<a class="button[^>]*>\s*<span(?![^>]*data-text)[^>]*>)([^<]+)/g,
  // A phrase of a heading.
  /(<span class="word[^>]*>)([^<]+)/g,
];
const UNIT = '(?:°C|%|mm|cm|m|m²|kg|g|ml)(?![\\p{L}\\p{N}])[.,:;)]?';
const RANGE = new RegExp(`[^\\s<>]*\\d–\\d[^\\s<>]*(?: ${UNIT})?`, 'gu');
/** A day of the week is one word in two parts. */
const IN_WEEKDAY = /(?<!\p{L})([Tt]hứ|Chủ)\s(?=(?:Hai|Ba|Tư|Năm|Sáu|Bảy|Nhật)(?!\p{L}))/gu;
const BEFORE_UNIT = new RegExp(`(?<=\\d) (?=${UNIT})`, 'gu');
/** What may hold no element or is drawn, and text between tags that has a range, a unit or a day of the week. */
const MEASURED = new RegExp(
  `<(script|style|svg|select|textarea|template)\\b[^]*?</\\1>|>[^<]*(?:\\d(?:–\\d| ${UNIT})|[Tt]hứ\\s|Chủ\\s)[^<]*<`,
  'gu',
);

/**
 * A built page whose headings break between words rather than between the syllables of one, and whose ranges, units and days
 * of the week break nowhere. The words of a policy, frozen or drafted, stay byte by byte.
 */
export function bindWords(html: string): string {
  const body = html.indexOf('<body');
  const isDraft = html.includes(DRAFT_START);
  const start = html.indexOf(isDraft ? DRAFT_START : FROZEN_START);
  const end = html.indexOf(isDraft ? DRAFT_END : FROZEN_END);
  if (start < 0) return html.slice(0, body) + bind(html.slice(body), html);
  return (
    html.slice(0, body) +
    bind(html.slice(body, start), html) +
    html.slice(start, end) +
    bind(html.slice(end), html)
  );
}

function bind(part: string, page: string): string {
  const measured = part.replace(MEASURED, (found, element?: string) =>
    element === undefined
      ? found.replace(RANGE, wrap).replace(BEFORE_UNIT, '\u00a0').replace(IN_WEEKDAY, '$1\u00a0')
      : found,
  );
  if (!page.includes('<html lang="vi"')) return measured;
  return HEADINGS.reduce(
    (text, pattern) =>
      text.replace(
        pattern,
        (_, open: string, words: string) => open + words.replace(/\S[^]*\S/, bindHeading),
      ),
    measured,
  );
}

/**
 * A heading whose words of two syllables break nowhere. Parts end at punctuation and before an opening word; most words have two
 * syllables, so a part of an even number falls into pairs, and of an odd one the first two and the last two are taken for words.
 */
export function bindHeading(heading: string): string {
  const parts = heading.split(/(?<=[,:;.?])\s+/).flatMap((phrase) => partsOf(phrase.split(/\s+/)));
  return parts.map(bindPairs).join(' ');
}

/** The syllables of a phrase between two punctuation marks, parted before each opening word. */
function partsOf(syllables: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (const syllable of syllables) {
    if (OPENERS.has(syllable.toLowerCase())) parts.push([syllable], []);
    else if (parts.length === 0) parts.push([syllable]);
    else parts.at(-1)?.push(syllable);
  }
  return parts.filter((part) => part.length > 0);
}

function bindPairs(part: readonly string[]): string {
  const isPair = (at: number) => {
    if (part.length % 2 === 0) return at % 2 === 1;
    return part.length > 3 && (at === 1 || at === part.length - 1);
  };
  return part.reduce((bound, syllable, at) => {
    const word = `${part[at - 1]}\u00a0${syllable}`;
    const binds = isPair(at) && word.length <= WORD_MAX_LENGTH && !word.includes('/');
    return `${bound}${binds ? '\u00a0' : ' '}${syllable}`;
  });
}

function wrap(words: string): string {
  return `<span class="word">${words}</span>`;
}
