import { describe, expect, test } from 'vitest';
import { noBreak } from './no-break';

const render = (text: string) => noBreak(text).map(String).join('');
const whole = (text: string) => `<span style="white-space:nowrap">${text}</span>`;

describe('holdTogether', () => {
  test.each([
    ['Thứ Hai, 30/11/2026, 13:30–15:00', `Thứ Hai, 30/11/2026, ${whole('13:30–15:00')}`],
    ['TS-8K3M2QX · Câu hỏi', `${whole('TS-8K3M2QX')} · Câu hỏi`],
    ['gọi 0859 363 789.', `gọi ${whole('0859 363 789')}.`],
    ['0912 ••• •••', whole('0912 ••• •••')],
    ['Không có gì', 'Không có gì'],
  ])('keeps the pieces of %j whole', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  test('escapes what stands around them', () => {
    expect(render('<b> 7:30–9:00 & more')).toBe(`&lt;b&gt; ${whole('7:30–9:00')} &amp; more`);
  });
});
