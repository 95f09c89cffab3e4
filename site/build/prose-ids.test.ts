import { expect, test } from 'vitest';
import { PROSE_END, PROSE_START } from '../text/prose-marks.ts';
import { freeProseIds } from './prose-ids.ts';

const prose = (html: string) => `${PROSE_START}${html}${PROSE_END}`;

test.each([
  [
    'a heading of prose keeps its id where nothing else has it',
    `<main id="a">${prose('<h2 id="b">B</h2>')}</main>`,
    '<main id="a"><h2 id="b">B</h2></main>',
  ],
  [
    'it gives way to a part of its page, before it or behind it',
    `<main id="a">${prose('<h2 id="a">A</h2><h3 id="b">B</h3>')}<h2 id="b">B</h2></main>`,
    '<main id="a"><h2 id="a-2">A</h2><h3 id="b-2">B</h3><h2 id="b">B</h2></main>',
  ],
  [
    'and to other prose on its page',
    `${prose('<h2 id="a">A</h2><h2 id="a-2">A</h2>')}${prose('<h2 id="a">A</h2>')}`,
    '<h2 id="a">A</h2><h2 id="a-2">A</h2><h2 id="a-3">A</h2>',
  ],
])('%s', (_rule, html, finished) => expect(freeProseIds(html)).toBe(finished));
