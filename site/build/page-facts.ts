import { decodeEntities, htmlToText } from '../../shared/text.ts';

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
/** Lines of a page that are about it: when it was written, how long it takes to read. */
const ABOUT_IT = /<p class="[^"]*\bmeta\b[^>]*>[^]*?<\/p>/g;
const HEADLINE = /<h1\b[^>]*>([^]*?)<\/h1>/;
/** The end of a block whose words end without a mark of their own. */
const UNMARKED_END = /(?<=[\p{L}\p{N}²%)”"])\s*<\/(?:h\d|p|li|d[td]|t[dh]|figcaption|summary)>/gu;

/** The facts of a built page, or null where it asks search engines to leave it out. */
export function readPageFacts(path: string, html: string): PageFacts | null {
  if (!html.includes('rel="canonical"')) return null;
  const mainStart = html.indexOf('<main');
  const main = html.slice(mainStart, html.indexOf('</main>', mainStart));
  const meta = readMeta(html.slice(0, mainStart));
  const title = meta('og:title');
  const isSaid = htmlToText(HEADLINE.exec(main)?.[1] ?? '') === title;
  return {
    path,
    title,
    description: meta('description'),
    // A result shows the title above the words.
    text: proseToText(isSaid ? main.replace(HEADLINE, ' ') : main),
    picture: meta('og:image').replace(/^https?:\/\/[^/]+/, ''),
    pictureTitle: meta('og:image:alt'),
    modified: meta('article:modified_time'),
  };
}

/**
 * The words of a page's prose, without navigation, forms and drawings. A tag inside a line leaves no space ("<em>a</em>, b"),
 * save between two words that it alone keeps apart ("<a>Đặt lịch</a><a>Gọi</a>"); a block without
 * a mark at its end gets a dot between it and the next.
 */
export function proseToText(html: string): string {
  const lines = html.replace(NOT_PROSE, ' ').replace(ABOUT_IT, ' ');
  const blocks = lines.replace(APART, ' ').replace(WITHIN_LINE, '').replace(UNMARKED_END, ' · ');
  return htmlToText(blocks).replace(/ ·$/, '');
}

/** What a page's meta elements say, each by its name; empty where there is none. */
function readMeta(head: string): (name: string) => string {
  const found = head.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)"/g);
  const contents = new Map(Array.from(found, ([, name, content = '']) => [name, content]));
  return (name) => decodeEntities(contents.get(name) ?? '').normalize('NFC');
}
