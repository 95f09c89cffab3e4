/** What a page's markers ask for: names outside of its templates, and inside them by the dotted name of their list. */
export interface Markers {
  names: string[];
  rows: Record<string, string[]>;
}

const TAG = /<(\/?)([a-z][a-z0-9-]*)\b([^>]*)>/g;
const MARKER = /\bdata-(text|attr|if|unless|choose|each)="([^"]*)"/g;

/** Reads the `data-*` markers of a built page. */
export function readMarkers(html: string): Markers {
  const names = new Set<string>();
  const rows = new Map<string, Set<string>>();
  const open: (string | undefined)[] = [];
  for (const [, closing, tag, attributes = ''] of html.matchAll(TAG)) {
    if (closing === '/') {
      if (tag === 'template') open.pop();
      continue;
    }
    const list = open.at(-1);
    for (const [, marker, text = ''] of attributes.matchAll(MARKER)) {
      const asked = marker === 'attr' ? text.split(';').map((pair) => pair.split('=')[1]) : [text];
      for (const name of asked.map((one) => one?.trim() ?? '').filter((one) => one !== '')) {
        if (list === undefined) names.add(name.split('.')[0] ?? '');
        else rows.set(list, (rows.get(list) ?? new Set()).add(name));
      }
    }
    const each = /\bdata-each="([^"]*)"/.exec(attributes)?.[1];
    if (tag === 'template')
      open.push(each === undefined ? list : [list, each].filter(Boolean).join('.'));
  }
  return {
    names: [...names].toSorted(),
    rows: Object.fromEntries([...rows].map(([list, asked]) => [list, [...asked].toSorted()])),
  };
}
