import { FROZEN_END, FROZEN_START } from '../../shared/privacy/policy-fragment.ts';

/** Words that begin a new part of a Vietnamese heading: before them it breaks best. */
const OPENERS = new Set(
  `bằng các cách cho chưa có của để đến hay hoặc khi không mà mới một mỗi những ở qua rồi sau tại theo thì tới trên trong trước từ
từng và về với`.split(/\s/),
);
/** What fits one line of the largest heading on a phone. */
const PART_MAX_LENGTH = 18;

/** Each with what opens it and its words; what the Worker fills is left out. */
const HEADINGS = [
  /(<h[1-3](?![^>]*data-text)[^>]*>)([^<]+)<\/h[1-3]>/g,
  /(<a class="row-link(?![^>]*data-text)[^>]*>)([^<]+)<\/a>/g,
  /(<a class="button[^>]*>\s*<span(?![^>]*data-text)[^>]*>)([^<]+)<\/span>/g,
  // A phrase of a heading.
  /(<span class="word[^>]*>)([^<]{19,})<\/span>/g,
];
const UNIT = '(?:°C|%|mm|cm|m|m²|kg|g|ml)(?![\\p{L}\\p{N}])[.,:;)]?';
const RANGE = new RegExp(`[^\\s<>]*\\d–\\d[^\\s<>]*(?: ${UNIT})?`, 'gu');
const BEFORE_UNIT = new RegExp(`(?<=\\d) (?=${UNIT})`, 'gu');
/** What may hold no element or is drawn, and text between tags that has a range or a unit. */
const MEASURED = new RegExp(
  `<(script|style|svg|select|textarea|template)\\b[^]*?</\\1>|>[^<]*\\d(?:–\\d| ${UNIT})[^<]*<`,
  'gu',
);

/**
 * A built page whose headings break between words rather than between the syllables of one, and whose ranges and units break
 * nowhere. The frozen words of a policy stay byte by byte.
 */
export function bindWords(html: string): string {
  const body = html.indexOf('<body');
  const start = html.indexOf(FROZEN_START);
  const end = html.indexOf(FROZEN_END);
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
    element === undefined ? found.replace(RANGE, wrap).replace(BEFORE_UNIT, '\u00a0') : found,
  );
  if (!page.includes('<html lang="vi"')) return measured;
  return HEADINGS.reduce(
    (text, pattern) =>
      text.replace(pattern, (whole, open: string, words: string) => {
        const parts = splitHeading(words.trim());
        if (parts.length < 2) return whole;
        return open + parts.map(wrap).join(' ') + whole.slice(open.length + words.length);
      }),
    measured,
  );
}

/**
 * Parts of a heading that hold together: they end at punctuation and before an opening word; a part with an even number of
 * syllables falls into pairs, since most words have two.
 */
export function splitHeading(heading: string): string[] {
  const parts: string[][] = [[]];
  let isOpen = true;
  for (const syllable of heading.split(/\s+/)) {
    const opens = OPENERS.has(syllable.toLowerCase());
    if (opens && !isOpen) parts.push([]);
    parts.at(-1)?.push(syllable);
    isOpen = opens;
    if (/[,:;.?]$/.test(syllable)) {
      parts.push([]);
      isOpen = true;
    }
  }
  return parts.filter((part) => part.length > 0).flatMap(pairUp);
}

function pairUp(part: readonly string[]): string[] {
  const lead = part.findIndex((syllable) => !OPENERS.has(syllable.toLowerCase()));
  const rest = part.length - Math.max(lead, 0);
  if (lead < 0 || rest % 2 === 1 || part.some((syllable) => syllable.includes('/')))
    return [part.join(' ')];
  const pairs = Array.from({ length: rest / 2 }, (_, at) => part.slice(lead + 2 * at).slice(0, 2));
  return pairs.map((pair, at) => [...(at === 0 ? part.slice(0, lead) : []), ...pair].join(' '));
}

function wrap(words: string): string {
  return words.length > PART_MAX_LENGTH ? words : `<span class="word">${words}</span>`;
}
