import type { OwnValue, Part } from './template.ts';

export type FillValue =
  string | number | boolean | null | undefined | readonly FillValue[] | FillData;

/** What a page is filled with: names as the page's markers use them, dotted for nesting. */
export interface FillData {
  readonly [name: string]: FillValue;
}

/** What stands around a part: the page's data, and that of each row it is in; what the select around it chooses. */
interface Place {
  scopes: readonly FillValue[];
  select: { chosen: FillValue };
}

/**
 * A page with its blanks filled in, every value escaped. A text may be a list of pieces: each `text`, within <mark> where it is
 * a `hit`. What is undefined leaves a text as it was built.
 */
export function fill(page: readonly Part[], data: FillData): string {
  return join(page, { scopes: [data], select: { chosen: null } });
}

function join(parts: readonly Part[], place: Place): string {
  let html = '';
  for (const part of parts) html += typeof part === 'string' ? part : fillPart(part, place);
  return html;
}

function fillPart(part: Exclude<Part, string>, place: Place): string {
  const value = part.from === null ? place.select.chosen : lookUp(place.scopes, part.from);
  switch (part.kind) {
    case 'attribute':
      if (value === null || value === undefined || value === false) return '';
      return ` ${part.attribute}="${value === true ? '' : escape(value).replaceAll('"', '&quot;')}"`;
    case 'choice': {
      const isChosen = chooses(value, readOwn(part.own, place.scopes));
      // Of two options that fit the first is chosen.
      if (isChosen && part.from === null) place.select.chosen = null;
      return isChosen || part.built ? ` ${part.attribute}=""` : '';
    }
    case 'if':
      return isTruthy(value) ? join(part.parts, place) : '';
    case 'unless':
      return isTruthy(value) ? '' : join(part.parts, place);
    case 'select':
      return join(part.parts, { ...place, select: { chosen: value } });
    case 'each':
      return (Array.isArray(value) ? (value as readonly FillValue[]) : [])
        .map((row) => join(part.parts, { ...place, scopes: [...place.scopes, row] }))
        .join('');
    case 'text':
    case 'textarea': {
      if (value === undefined) return join(part.parts, place);
      if (Array.isArray(value)) return (value as readonly FillValue[]).map(toHtml).join('');
      // HTML drops a line break that stands first in a textarea.
      const first = part.kind === 'textarea' && /^[\r\n]/.test(toText(value)) ? '\n' : '';
      return first + escape(value).replaceAll('>', '&gt;');
    }
  }
}

function chooses(value: FillValue, own: string): boolean {
  if (value === null || value === undefined || value === '') return false;
  return Array.isArray(value) ? value.map(toText).includes(own) : toText(value) === own;
}

function readOwn(own: OwnValue, scopes: readonly FillValue[]): string {
  return 'literal' in own ? own.literal : toText(lookUp(scopes, own.from));
}

function isTruthy(value: FillValue): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function toHtml(piece: FillValue): string {
  if (!isData(piece)) return '';
  const html = escape(piece['text']);
  return isTruthy(piece['hit']) ? `<mark>${html}</mark>` : html;
}

function escape(value: FillValue): string {
  return toText(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function toText(value: FillValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The value of a dotted name in the innermost scope that knows its first part; `.` is the row itself. A key may hold dots too. */
function lookUp(scopes: readonly FillValue[], name: string): FillValue {
  if (name === '.') return scopes.at(-1);
  const [first = '', ...rest] = name.split('.');
  const owner = scopes.findLast((scope): scope is FillData => isData(scope) && first in scope);
  const [value, whole] = [owner?.[first], rest.join('.')];
  if (isData(value) && whole in value) return value[whole];
  return rest.reduce<FillValue>((inner, part) => (isData(inner) ? inner[part] : undefined), value);
}

function isData(value: FillValue): value is FillData {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
