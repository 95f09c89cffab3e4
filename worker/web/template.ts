/** An attribute that is filled: written with its value, or left out. */
interface AttributePart {
  kind: 'attribute';
  attribute: string;
  /** Name of its value. */
  from: string;
}

/** `checked` or `selected`, written where the control's own value is the one chosen. */
interface ChoicePart {
  kind: 'choice';
  attribute: 'checked' | 'selected';
  /** Name of what is chosen; null for an option, where its select says so. */
  from: string | null;
  own: OwnValue;
  /** An option that was built as the chosen one. */
  built: boolean;
}

/** The value of a radio, box or option: as it was built, or by its name. */
export type OwnValue = { literal: string } | { from: string };

/** A stretch of a page that is kept, replaced or repeated. */
interface Block {
  kind: 'if' | 'unless' | 'text' | 'textarea' | 'each' | 'select';
  /** Name of the value that decides. */
  from: string;
  parts: Part[];
}

/** HTML as it was built, or a place to fill. */
export type Part = string | AttributePart | ChoicePart | Block;

type Mark = Exclude<Part, string> | { kind: 'end' };

const MARKED =
  '[data-text], [data-attr], [data-if], [data-unless], [data-choose], template[data-each], option';

/** Stands for a mark while the page is read; a text file holds neither of the two characters. */
const token = (mark: number) => `\u0001${mark}\u0002`;
// Where an attribute has a mark for its value, the mark stands for the whole attribute.
const TOKEN = / [^\s"=]+="\u0001(\d+)\u0002"|\u0001(\d+)\u0002/u;

/**
 * Takes a built page apart at its markers: `data-text`, `data-attr`, `data-if`, `data-unless`, `data-choose` and
 * `<template data-each>`, one within the other as they come. HTMLRewriter reads the page for it, once: to fill it is to join
 * strings.
 */
export async function takeApart(html: string): Promise<readonly Part[]> {
  const marks: Mark[] = [];
  const add = (mark: Mark) => token(marks.push(mark) - 1);
  let inSelect = false;
  const rewriter = new HTMLRewriter().on(MARKED, {
    element(element) {
      if (element.tagName === 'template') return markRows(element, add);
      if (element.tagName === 'select' && element.hasAttribute('data-choose')) {
        inSelect = true;
        element.onEndTag(() => void (inSelect = false));
      }
      markElement(element, { add, isOption: inSelect && element.tagName === 'option' });
    },
  });
  return nest(await rewriter.transform(new Response(html)).text(), marks);
}

type Add = (mark: Mark) => string;
const HTML = { html: true };

function markRows(element: Element, add: Add): void {
  const from = takeMarker(element, 'data-each');
  if (from === null) return;
  element.before(add({ kind: 'each', from, parts: [] }), HTML);
  element.after(add({ kind: 'end' }), HTML);
  element.removeAndKeepContent();
}

function markElement(element: Element, { add, isOption }: { add: Add; isOption: boolean }): void {
  for (const kind of ['if', 'unless'] as const) {
    const from = takeMarker(element, `data-${kind}`);
    if (from === null) continue;
    element.before(add({ kind, from, parts: [] }), HTML);
    element.after(add({ kind: 'end' }), HTML);
    element.removeAttribute('hidden');
  }
  const pairs = (takeMarker(element, 'data-attr') ?? '')
    .split(';')
    .map((pair) => pair.split('=').map((side) => side.trim()))
    .filter(([attribute]) => attribute !== '');
  const value = pairs.find(([attribute]) => attribute === 'value')?.[1];
  const own =
    value === undefined ? { literal: element.getAttribute('value') ?? '' } : { from: value };
  for (const [attribute = '', from = ''] of pairs) {
    element.setAttribute(attribute, add({ kind: 'attribute', attribute, from }));
  }
  const choice = takeMarker(element, 'data-choose');
  if (choice !== null && element.tagName === 'select')
    markInside(element, { kind: 'select', from: choice }, add);
  else if (choice !== null || isOption) {
    const attribute = isOption ? 'selected' : 'checked';
    const built = isOption && element.hasAttribute(attribute);
    element.setAttribute(attribute, add({ kind: 'choice', attribute, from: choice, own, built }));
  }
  const text = takeMarker(element, 'data-text');
  const kind = element.tagName === 'textarea' ? 'textarea' : 'text';
  if (text !== null) markInside(element, { kind, from: text }, add);
}

function markInside(element: Element, block: Pick<Block, 'kind' | 'from'>, add: Add): void {
  element.prepend(add({ ...block, parts: [] }), HTML);
  element.append(add({ kind: 'end' }), HTML);
}

function takeMarker(element: Element, marker: string): string | null {
  const name = element.getAttribute(marker);
  if (name !== null) element.removeAttribute(marker);
  return name;
}

/** The parts of a page with tokens in it, each block with what stands between its beginning and its end. */
function nest(marked: string, marks: readonly Mark[]): readonly Part[] {
  const page: Part[] = [];
  const open: Part[][] = [page];
  // Text, then the token's number by the first group or the second, and so on.
  marked.split(TOKEN).forEach((piece, at) => {
    const inner = open.at(-1);
    if (piece === undefined || inner === undefined) return;
    if (at % 3 === 0) return void (piece === '' || inner.push(piece));
    const mark = marks[Number(piece)];
    if (mark === undefined) return;
    if (mark.kind === 'end') return void open.pop();
    inner.push(mark);
    if ('parts' in mark) open.push(mark.parts);
  });
  if (open.length !== 1) throw new Error('A marked part of a built page is not closed');
  return page;
}
