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

/** The facts of a built page, or null where it asks search engines to leave it out. */
export function readPageFacts(path: string, html: string): PageFacts | null {
  if (!html.includes('rel="canonical"')) return null;
  const mainStart = html.indexOf('<main');
  const main = html.slice(mainStart, html.indexOf('</main>', mainStart));
  const meta = readMeta(html.slice(0, mainStart));
  return {
    path,
    title: meta('og:title'),
    description: meta('description'),
    text: proseToText(main),
    picture: meta('og:image').replace(/^https?:\/\/[^/]+/, ''),
    pictureTitle: meta('og:image:alt'),
    modified: meta('article:modified_time'),
  };
}

/**
 * The words of a page's prose, without navigation, forms and drawings. A tag inside a line leaves no space ("<em>a</em>, b"),
 * save between two words that it alone keeps apart ("<a>Đặt lịch</a><a>Gọi</a>").
 */
export function proseToText(html: string): string {
  return htmlToText(html.replace(NOT_PROSE, ' ').replace(APART, ' ').replace(WITHIN_LINE, ''));
}

/** What a page's meta elements say, each by its name; empty where there is none. */
function readMeta(head: string): (name: string) => string {
  const found = head.matchAll(/<meta (?:name|property)="([^"]+)" content="([^"]*)"/g);
  const contents = new Map(Array.from(found, ([, name, content = '']) => [name, content]));
  return (name) => decodeEntities(contents.get(name) ?? '').normalize('NFC');
}
