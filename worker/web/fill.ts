export type FillValue =
  string | number | boolean | null | undefined | readonly FillValue[] | FillData;

/** What a page is filled with: names as the page's markers use them, dotted for nesting. */
export interface FillData {
  readonly [name: string]: FillValue;
}

/** The comment that ends a repeated row. */
const ROW_END = '/row';

const MARKED = '[data-text], [data-attr], [data-if], [data-unless], [data-choose]';

/**
 * The blanks of a built page filled in, every value escaped: `data-text`, `data-attr`, `data-if`, `data-unless`,
 * `data-choose` and `<template data-each>` repeated per row. A text may be a list of pieces (`toHtml`), which is one element to
 * the rewriter instead of one for each piece. No marker is left in the answer.
 */
export async function fill(html: string, data: FillData): Promise<string> {
  const { text, rows } = repeatTemplates(html, data);
  const scopes: FillValue[] = [data];
  let chosen: FillValue = null;
  const rewriter = new HTMLRewriter()
    .onDocument({
      comments(comment) {
        const row = rows.get(comment.text);
        if (row !== undefined) scopes.push(row.value);
        else if (comment.text === ROW_END) scopes.pop();
        else return;
        comment.remove();
      },
    })
    .on(MARKED, {
      element(element) {
        if (element.tagName === 'select') {
          chosen = lookUp(scopes, element.getAttribute('data-choose') ?? '');
          element.onEndTag(() => void (chosen = null));
        }
        fillElement(element, scopes);
      },
    })
    .on('select option', {
      element(element) {
        if (!isChosen(chosen, element)) return;
        element.setAttribute('selected', '');
        chosen = null;
      },
    });
  return rewriter.transform(new Response(text)).text();
}

function fillElement(element: Element, scopes: readonly FillValue[]): void {
  const wanted = takeMarker(element, 'data-if');
  const unwanted = takeMarker(element, 'data-unless');
  if (wanted !== null || unwanted !== null) {
    const stays =
      (wanted === null || isTruthy(lookUp(scopes, wanted))) &&
      (unwanted === null || !isTruthy(lookUp(scopes, unwanted)));
    if (!stays) {
      element.remove();
      return;
    }
    element.removeAttribute('hidden');
  }
  fillAttributes(element, scopes);
  const name = takeMarker(element, 'data-text');
  const text = name === null ? undefined : lookUp(scopes, name);
  if (text === undefined) return;
  if (Array.isArray(text)) {
    element.setInnerContent((text as readonly FillValue[]).map(toHtml).join(''), { html: true });
    return;
  }
  // HTML drops a line break that stands first in a textarea.
  const first = element.tagName === 'textarea' && /^[\r\n]/.test(toText(text)) ? '\n' : '';
  element.setInnerContent(`${first}${toText(text)}`);
}

function fillAttributes(element: Element, scopes: readonly FillValue[]): void {
  for (const pair of (takeMarker(element, 'data-attr') ?? '').split(';')) {
    const [attribute = '', name = ''] = pair.split('=');
    if (attribute === '') continue;
    const value = lookUp(scopes, name.trim());
    if (value === null || value === undefined || value === false) {
      element.removeAttribute(attribute.trim());
    } else element.setAttribute(attribute.trim(), value === true ? '' : toAttribute(value));
  }
  const choice = takeMarker(element, 'data-choose');
  if (choice === null || element.tagName === 'select') return;
  if (isChosen(lookUp(scopes, choice), element)) element.setAttribute('checked', '');
  else element.removeAttribute('checked');
}

function isChosen(value: FillValue, element: Element): boolean {
  if (value === null || value === undefined || value === '') return false;
  const own = element.getAttribute('value') ?? '';
  return Array.isArray(value) ? value.map(toText).includes(own) : toText(value) === own;
}

function takeMarker(element: Element, marker: string): string | null {
  const name = element.getAttribute(marker);
  if (name !== null) element.removeAttribute(marker);
  return name;
}

function isTruthy(value: FillValue): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** A piece of a text: `text`, within <mark> where it is a `hit`. */
function toHtml(piece: FillValue): string {
  if (!isData(piece)) return '';
  const html = toAttribute(piece['text']);
  return isTruthy(piece['hit']) ? `<mark>${html}</mark>` : html;
}

/** HTMLRewriter escapes quotes only: a typed "&lt;" would come back as "<". */
function toAttribute(value: FillValue): string {
  return toText(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function toText(value: FillValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** A page with its templates repeated: `<!--row N-->`, the row, `<!--/row-->`. `rows` has the value of a row under `row N`. */
interface Repeated {
  text: string;
  rows: ReadonlyMap<string, { value: FillValue }>;
}

const OPENING = /<template\b[^>]*\bdata-each="([^"]+)"[^>]*>/;

const ANY_TEMPLATE = /<(\/?)template\b[^>]*>/g;

/** Repeats every `<template data-each>` of a built page once per row, nested templates too. */
function repeatTemplates(html: string, data: FillData): Repeated {
  const rows = new Map<string, { value: FillValue }>();
  return { text: repeat(html, [data], rows), rows };
}

function repeat(
  html: string,
  scopes: readonly FillValue[],
  rows: Map<string, { value: FillValue }>,
): string {
  const opening = OPENING.exec(html);
  if (opening === null) return html;
  const bodyStart = opening.index + opening[0].length;
  const { bodyEnd, end } = findClosing(html, bodyStart);
  const body = html.slice(bodyStart, bodyEnd);
  const list = lookUp(scopes, opening[1] ?? '');
  const repeated = (Array.isArray(list) ? (list as readonly FillValue[]) : []).map((value) => {
    const name = `row ${rows.size}`;
    rows.set(name, { value });
    return `<!--${name}-->${repeat(body, [...scopes, value], rows)}<!--${ROW_END}-->`;
  });
  return html.slice(0, opening.index) + repeated.join('') + repeat(html.slice(end), scopes, rows);
}

function findClosing(html: string, from: number): { bodyEnd: number; end: number } {
  let depth = 1;
  for (const tag of html.slice(from).matchAll(ANY_TEMPLATE)) {
    depth += tag[1] === '/' ? -1 : 1;
    if (depth === 0) return { bodyEnd: from + tag.index, end: from + tag.index + tag[0].length };
  }
  throw new Error('A template of a built page is not closed');
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
