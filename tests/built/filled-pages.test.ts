import { describe, expect, test } from 'vitest';
import { bookingRules, services } from '../../shared/content/catalogue.ts';
import { filledPages } from '../../shared/filled-pages.ts';
import { staffPages } from '../../shared/filled-staff-pages.ts';
import { readMarkers } from '../page-markers.ts';
import { readFiles } from './site.ts';

const built = new Map<string, ReturnType<typeof readMarkers>>(
  readFiles('.html')
    .map(({ file, text }) => [`/${file.replace(/index\.html$/, '')}`, readMarkers(text)] as const)
    .filter(([, { names }]) => names.length > 0),
);

/** Where the company sends no letters, no page of theirs is built; it may do without the page in English too. */
const known = Object.entries(filledPages).filter(
  ([page]) =>
    (bookingRules.marketing || !page.endsWith('/ban-tin/')) && (page !== '/en/' || built.has(page)),
);

/** Where no work is done at intervals, a plan's page has no form for other services. */
const isRegular = services.some(({ repeat, visit }) => repeat && visit === 'work');

describe('the pages that the Worker fills in', () => {
  test('are those of shared/filled-pages.ts', () => {
    expect([...built.keys()].toSorted()).toEqual(known.map(([page]) => page).toSorted());
  });

  test.each(known)('%s asks for the names that the Worker has', (page, filled) => {
    const { names, rows } = built.get(page) ?? { names: [], rows: {} };
    const wanted = filled.names.replace(isRegular ? '' : 'canChangeServices ', '');
    expect(names.join(' ')).toBe(wanted);
    const isHeld = (name: string, row: readonly string[]) => {
      const [first = '', ...rest] = name.split('.');
      const isPart = rest.length > 0 && [...names, ...row].includes(first);
      return isPart || filled.around.split(' ').includes(first);
    };
    const ofRows = Object.entries(rows).map(([list, asked]) => [
      list,
      asked.filter((name) => name === '.' || !isHeld(name, asked)).join(' '),
    ]);
    expect(Object.fromEntries(ofRows)).toEqual(filled.rows);
  });
});

/** Where staff read what became of what they pressed. What is wrong with a form stands at the form. */
const noticed = Object.entries(staffPages).flatMap(([page, { names }]) =>
  /\bnotice\b/.test(names) && !names.includes('errorList') ? [page] : [],
);

test.each(noticed)('%s says what was done above its heading, with focus', (page) => {
  const html =
    readFiles('.html').find(({ file }) => `/${file}` === `${page}index.html`)?.text ?? '';
  const main = html.slice(html.indexOf('<main'));
  const heading = main.indexOf('<h1');
  const notices = [...main.matchAll(/data-if="(?:notice|warning)"/g)].map(({ index }) => index);
  expect(notices.length).toBeGreaterThan(0);
  for (const at of notices) {
    expect(at).toBeLessThan(heading);
    expect(main.slice(main.lastIndexOf('<', at), at + 300)).toContain('autofocus');
  }
});
