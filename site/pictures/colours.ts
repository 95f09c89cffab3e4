import { readFileSync } from 'node:fs';
import path from 'node:path';

const styles = readFileSync(path.resolve('site/styles/base.css'), 'utf8');

/** The light colour of a role as #rrggbb, from the site's stylesheet. */
export function roleColour(name: string): string {
  const value = new RegExp(`--${name}: (#[0-9a-f]{3,6});`).exec(styles)?.[1];
  if (value === undefined) throw new Error(`site/styles/base.css: --${name} is missing`);
  return value.length === 4 ? value.replace(/[0-9a-f]/g, '$&$&') : value;
}

/** The classes that drawings use for strokes and fills, as a stylesheet for an SVG of its own. */
export function colourHooks(): string {
  return ['ink', 'paper', 'act', 'sun', 'warn', 'good', 'line']
    .map((name) => `.f-${name}{fill:${roleColour(name)}}.s-${name}{stroke:${roleColour(name)}}`)
    .join('');
}
