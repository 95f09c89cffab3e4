import { createHash } from 'node:crypto';

const POLICY = /(?<=<meta http-equiv="content-security-policy" content=")[^"]*/i;
const STYLES = /<style[^>]*>([^]*?)<\/style>/g;
const INLINE_SCRIPTS = /<script(?![^>]*\b(?:src=|application\/))[^>]*>([^]*?)<\/script>/g;

const hashes = new Map<string, string>();

/**
 * A built page whose policy names the styles and scripts that stand in it and no other. Astro lists those of the whole
 * site on every page: more than a kilobyte that does not compress.
 */
export function leanPolicy(html: string): string {
  return html.replace(POLICY, (policy) => {
    const rest = policy
      .split(';')
      .map((directive) => directive.trim())
      .filter((directive) => directive !== '' && !/^(?:script|style)-src /.test(directive));
    const scripts = ["script-src 'self'", ...hashesOf(html, INLINE_SCRIPTS)].join(' ');
    const styles = ["style-src 'self'", ...hashesOf(html, STYLES)].join(' ');
    return [...rest, scripts, styles].join(';');
  });
}

function hashesOf(html: string, elements: RegExp): Set<string> {
  return new Set(Array.from(html.matchAll(elements), ([, text = '']) => hashOf(text)));
}

function hashOf(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const hash = `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  hashes.set(text, hash);
  return hash;
}
