import { type FillData, type FillValue, lookUp } from './fill-data.ts';
import { repeatTemplates, ROW_END } from './fill-templates.ts';

const MARKED = '[data-text], [data-attr], [data-if], [data-unless], [data-choose]';

/**
 * The blanks of a built page filled in, every value escaped: `data-text`, `data-attr`, `data-if`, `data-unless`,
 * `data-choose` and `<template data-each>` repeated per row. No marker is left in the answer.
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
  if (text !== undefined) element.setInnerContent(toText(text));
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

/** HTMLRewriter escapes quotes only: a typed "&lt;" would come back as "<". */
function toAttribute(value: FillValue): string {
  return toText(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function toText(value: FillValue): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
