import { describe, expect, test } from 'vitest';
import { type FillData, fill as fillParts } from './fill.ts';
import { takeApart } from './template.ts';

const fill = async (html: string, data: FillData) => fillParts(await takeApart(html), data);

describe('fill', () => {
  test('puts text in, escaped, and leaves the text where nothing is known', async () => {
    const html = '<b data-text="name">x</b><i data-text="other">stays</i>';
    expect(await fill(html, { name: '<script>&' })).toBe('<b>&lt;script&gt;&amp;</b><i>stays</i>');
  });

  test('puts a text in by its pieces, escaped, with the hits marked', async () => {
    const pieces = [
      { text: 'a<b> ', hit: false },
      { text: '&lt;c', hit: true },
    ];
    expect(await fill('<b data-text="name">x</b>', { name: pieces })).toBe(
      '<b>a&lt;b> <mark>&amp;lt;c</mark></b>',
    );
  });

  test('sets, empties and removes attributes, escaped', async () => {
    const html = '<input data-attr="value=a.b;disabled=yes;title=no" title="x">';
    const filled = await fill(html, { a: { b: '"><script>&lt;' }, yes: true, no: null });
    expect(filled).toBe('<input value="&quot;>&lt;script>&amp;lt;" disabled="">');
  });

  test('keeps or removes by condition, and what stays is no longer hidden', async () => {
    const html =
      '<p data-if="a" hidden>a</p><p data-if="list" hidden>l</p><p data-unless="a" hidden>n</p>';
    expect(await fill(html, { a: 'x', list: [] })).toBe('<p>a</p>');
  });

  test('repeats templates within templates, the row before the page', async () => {
    const html =
      '<ul><template data-each="days"><li data-text="name"></li><template data-each="hours"><b data-text="."></b><i data-text="page"></i></template></template></ul>';
    const data = {
      page: 'p',
      days: [
        { name: 'a', hours: [1, 2] },
        { name: 'b', hours: [] },
      ],
    };
    expect(await fill(html, data)).toBe(
      '<ul><li>a</li><b>1</b><i>p</i><b>2</b><i>p</i><li>b</li></ul>',
    );
  });

  test('shows nothing of a template without rows', async () => {
    expect(await fill('<template data-each="x"><b>row</b></template>', {})).toBe('');
  });

  test('chooses radios, boxes and the first fitting option', async () => {
    const html =
      '<input type="radio" value="a" data-choose="v" checked><input type="radio" value="b" data-choose="v"><select data-choose="v"><option value="b">1</option><option value="b">2</option></select>';
    expect(await fill(html, { v: 'b' })).toBe(
      '<input type="radio" value="a"><input type="radio" value="b" checked=""><select><option value="b" selected="">1</option><option value="b">2</option></select>',
    );
  });

  test.each(['\n\nHai dòng trống', '\r\nMột dòng', 'Không', ''])(
    'gives a textarea back as it was typed: %j',
    async (text) => {
      const filled = await fill('<textarea data-text="note"></textarea>', { note: text });
      const inside = filled.slice('<textarea>'.length, -'</textarea>'.length);
      // As a browser reads it: the first line break is dropped.
      expect(inside.replace(/^(?:\r\n|\n|\r)/, '')).toBe(text);
    },
  );

  test('never reads a marker from a value', async () => {
    const html =
      '<b data-text="name"></b><template data-each="rows"><i data-text="."></i></template>';
    const evil = '<template data-each="rows"></template><!--row 0--><b data-text="secret">';
    const filled = await fill(html, { name: evil, rows: [evil], secret: 'leak' });
    expect(filled).not.toContain('leak');
    expect(filled).not.toContain('<template');
  });
});
