/** What a built page says about itself. */
export interface PageFacts {
  /** Path with its slashes. */
  path: string;
  /** Title without the company's name. */
  title: string;
  description: string;
  /** Words of <main>, without navigation, forms and drawings. */
  text: string;
  /** Path of the picture for sharing. */
  picture: string;
  /** Words that the picture shows. */
  pictureTitle: string;
  /** Day on which an article was last changed, else empty. */
  modified: string;
}

const INLINE = '(?:a|b|strong|em|i|span|time|small|code|mark)\\b[^>]*>';
const WITHIN_LINE = new RegExp(`(?:</?${INLINE})+`, 'g');
const APART = new RegExp(`(?<=[\\p{L}\\p{N}.,;:!?)…”])(?:</?${INLINE})+(?=[\\p{L}\\p{N}(“])`, 'gu');
const NOT_PROSE = /<(nav|aside|form|svg|template|script|style)\b[^]*?<\/\1>/g;
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
};

/** The facts of a built page, or null where it asks search engines to leave it out. */
export function readPageFacts(path: string, html: string): PageFacts | null {
  if (!html.includes('rel="canonical"')) return null;
  const mainStart = html.indexOf('<main');
  const main = html.slice(mainStart, html.indexOf('</main>', mainStart));
  return {
    path,
    title: readMeta(html, 'property="og:title"'),
    description: readMeta(html, 'name="description"'),
    text: toText(main),
    picture: readMeta(html, 'property="og:image"').replace(/^https?:\/\/[^/]+/, ''),
    pictureTitle: readMeta(html, 'property="og:image:alt"'),
    modified: readMeta(html, 'property="article:modified_time"'),
  };
}

/** The text of a piece of HTML as a person reads it, on one line, in NFC. */
export function toText(html: string): string {
  const text = html
    .replace(NOT_PROSE, ' ')
    .replace(APART, ' ')
    .replace(WITHIN_LINE, '')
    .replace(/<[^>]+>/g, ' ');
  return decode(text).replace(/\s+/g, ' ').trim().normalize('NFC');
}

function readMeta(html: string, attribute: string): string {
  const content = new RegExp(`<meta ${attribute} content="([^"]*)"`).exec(html)?.[1];
  return decode(content ?? '').normalize('NFC');
}

function decode(text: string): string {
  return text.replace(/&(#x?)?(\w+);/gi, (whole, numeric: string | undefined, name: string) => {
    if (numeric === undefined) return entities[name] ?? whole;
    return String.fromCodePoint(parseInt(name, numeric === '#' ? 10 : 16));
  });
}
