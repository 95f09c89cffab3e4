import * as fc from 'fast-check';

const words = fc
  .array(
    fc.constantFrom('nhà', 'sạch', 'Đức', '"sáng"', 'a & b', '100%', '#3', '*khô*', '**ướt**'),
    {
      minLength: 1,
      maxLength: 30,
    },
  )
  .map((list) => list.join(' '));
const heading = fc.constantFrom('Chuẩn bị', 'Cách làm', 'Cách làm', '3. Lau & rửa', 'Nội dung');
const inline = fc.constantFrom(
  ...['<Hotline />', '<Address />', '<BookingLink />', '[Liên hệ](/lien-he/)', '`{x}`'],
);

const block = fc.oneof(
  words,
  fc.tuple(words, inline).map((parts) => parts.join(' ')),
  fc
    .array(words, { minLength: 1, maxLength: 5 })
    .map((list) => list.map((one) => `- ${one}`).join('\n')),
  fc
    .array(words, { minLength: 1, maxLength: 5 })
    .map((list) => list.map((one) => `1. ${one}`).join('\n')),
  words.map((one) => `> ${one}`),
  fc.tuple(words, words).map(([a, b]) => `| Vật | Cách |\n| --- | --- |\n| ${a} | ${b} |`),
  words.map((one) => `<Callout title="Chú ý & nhớ">\n${one}\n</Callout>`),
  fc.constant('---'),
);

/** Prose as editors write it: parts with headings of their own, and what a body may hold beside words. */
export const body = fc
  .tuple(
    words,
    fc.array(
      fc.oneof(
        { weight: 3, arbitrary: block },
        { weight: 1, arbitrary: heading.map((one) => `## ${one}`) },
        { weight: 1, arbitrary: fc.tuple(heading, heading).map(([a, b]) => `## ${a}\n\n### ${b}`) },
      ),
      { maxLength: 25 },
    ),
  )
  .map(([first, blocks]) => [first, ...blocks].join('\n\n'));
