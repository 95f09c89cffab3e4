import { hash } from 'node:crypto';

/** What a page may load besides the styles and scripts that stand in it. */
const LOADED = ["default-src 'self'", "img-src 'self' data:"];
const PLACE = '<meta charset="utf-8">';
const ELEMENTS = /<(style|script)\b([^>]*)>([^]*?)<\/\1>/g;
/** Attributes of a script that is a file or only data. */
const NOT_INLINE = /\bsrc=|\bapplication\//;

const hashes = new Map<string, string>();

/**
 * A built page with its content security policy, which names the styles and scripts that stand in it and no other.
 * Astro's own lists those of the whole site on every page: more than a kilobyte that does not compress.
 */
export function addPolicy(html: string): string {
  if (!html.includes(PLACE)) throw new Error(`A page has no ${PLACE} to put its policy behind`);
  const scripts = new Set(["script-src 'self'"]);
  const styles = new Set(["style-src 'self'"]);
  for (const [, name, attributes = '', text = ''] of html.matchAll(ELEMENTS)) {
    if (name === 'style') styles.add(hashOf(text));
    else if (!NOT_INLINE.test(attributes)) scripts.add(hashOf(text));
  }
  const policy = [...LOADED, [...scripts].join(' '), [...styles].join(' ')].join(';');
  const element = `<meta http-equiv="content-security-policy" content="${policy}">`;
  return html.replace(PLACE, PLACE + element);
}

function hashOf(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const source = `'sha256-${hash('sha256', text, 'base64')}'`;
  hashes.set(text, source);
  return source;
}
