import { type FillData, type FillValue, lookUp } from './fill-data.ts';

/** The comment that ends a repeated row. */
export const ROW_END = '/row';

/** A page whose templates are repeated: each row stands between `<!--row N-->` and `<!--/row-->`, its value under `row N`. */
export interface Repeated {
  text: string;
  rows: ReadonlyMap<string, { value: FillValue }>;
}

const OPENING = /<template\b[^>]*\bdata-each="([^"]+)"[^>]*>/;
const ANY_TEMPLATE = /<(\/?)template\b[^>]*>/g;

/** Every `<template data-each>` of a built page repeated once per row, templates within templates included. */
export function repeatTemplates(html: string, data: FillData): Repeated {
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
