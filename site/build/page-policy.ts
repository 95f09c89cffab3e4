import { hash } from 'node:crypto';

/** What a page may load besides its inline styles and scripts. */
const LOADED = ["default-src 'self'", "img-src 'self' data:"];
const CHARSET = '<meta charset="utf-8">';
const ELEMENTS = /<(style|script)\b([^>]*)>([^]*?)<\/\1>/g;
/** In the attributes of a script that is a file (`src`) or data (JSON-LD). */
const NOT_INLINE = /\bsrc=|\bapplication\//;

const hashes = new Map<string, string>();

/**
 * Adds a content security policy with the hashes of the page's own inline styles and scripts. Astro's own policy lists those
 * of the whole site on every page: more than a kilobyte that does not compress.
 */
export function addPolicy(html: string): string {
  if (!html.includes(CHARSET))
    throw new Error(`A page has no ${CHARSET}, after which its policy goes`);
  const scripts = new Set(["script-src 'self'"]);
  const styles = new Set(["style-src 'self'"]);
  for (const [, name, attributes = '', text = ''] of html.matchAll(ELEMENTS)) {
    if (name === 'style') styles.add(hashOf(text));
    else if (!NOT_INLINE.test(attributes)) scripts.add(hashOf(text));
  }
  const policy = [...LOADED, [...scripts].join(' '), [...styles].join(' ')].join(';');
  const element = `<meta http-equiv="content-security-policy" content="${policy}">`;
  return html.replace(CHARSET, CHARSET + element);
}

function hashOf(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const source = `'sha256-${hash('sha256', text, 'base64')}'`;
  hashes.set(text, source);
  return source;
}
