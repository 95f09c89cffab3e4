import { piecesOf } from '../entry.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

/** Amounts of money; a number alone or with another unit is none. */
const MONEY =
  /(?<![\d.,])\d[\d.,]*\s?(?:(?:nghìn|ngàn|triệu|tỷ|tr)(?:\s?(?:đồng|đ|vn[dđ]?))?|đồng|vn[dđ]?|₫|đ|k)(?![\p{L}\d])/iu;
/** Round numbers from ten thousand on with no unit, or for one of something: only prices are written so. */
const BARE_MONEY =
  /(?<![\d.,/])(?:\d{2,3}|\d{1,3}(?:\.\d{3})+)\.\d00(?=\s?(?:\/|(?:một|mỗi)(?!\p{L}))|\s*(?:[,;)]|[.:]?\s*$))/iu;
/** Days and months are no phone numbers, though they may stand in a row. */
const NO_DAY = String.raw`(?!(?:\d{1,2}[./-])?\d{1,2}[./-](?:19|20)\d{2}(?!\d))`;
/** Phone numbers in the ways people write them; short emergency numbers have too few digits to match. */
const PHONE = new RegExp(
  String.raw`(?<![\d.,/-])${NO_DAY}(?:(?:\+|00)?84|0)(?:\s?[.–—/-]?\s?\(?\d\)?){8,10}(?![\d/])|(?<!\d)1[89]00[\s.]?\d{2}[\s.]?\d{2,4}(?!\d)`,
);

/** Prices and phone numbers stand in the facts, so that one change there reaches every page. */
export function checkProseFacts({ entries, facts, captions }: ContentFolder): Problem[] {
  const words = facts.filter(({ file }) => file === 'content/pages.json');
  const pieces = [
    ...entries.flatMap((entry) => piecesOf(entry).map((piece) => ({ ...piece, file: entry.file }))),
    ...[...words, ...captions].flatMap(({ file, texts }) =>
      texts.map((piece) => ({ ...piece, file })),
    ),
  ];
  return pieces.flatMap(({ file, field, line, text }): Problem[] => {
    const money = findMoney(text);
    const phone = findPhone(text);
    const at = { file, line, field };
    return [
      ...(money === undefined
        ? []
        : [
            {
              ...at,
              message: `Không gõ giá vào bài ("${money}"): ghi giá trong content/services.json, bài dẫn tới [bảng giá](/bang-gia/).`,
            },
          ]),
      ...(phone === undefined
        ? []
        : [
            {
              ...at,
              message: `Không gõ số điện thoại vào bài ("${phone}"): dùng <Hotline /> trong tệp .mdx; số máy nằm ở content/company.json.`,
            },
          ]),
    ];
  });
}

/** The first amount of money in a text, if any. */
export function findMoney(text: string): string | undefined {
  return (MONEY.exec(text) ?? BARE_MONEY.exec(text))?.[0];
}

/** The first phone number in a text, if any. */
export function findPhone(text: string): string | undefined {
  return PHONE.exec(text)?.[0];
}
