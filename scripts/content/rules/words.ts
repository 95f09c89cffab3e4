import { type Piece, piecesOf } from '../entry.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { findBanned, findUnexplained } from './glossary.ts';

/** Amounts of money: "250.000 đồng", "1,5 triệu", "300k"; not "30 m²". */
const MONEY =
  /(?<![\d.,])\d[\d.,]*\s?(?:(?:nghìn|ngàn|triệu|tỷ|tr)(?:\s?(?:đồng|đ|vn[dđ]?))?|đồng|vn[dđ]?|₫|đ|k)(?![\p{L}\d])/iu;
/** Round numbers from ten thousand without a unit, or per piece: "350.000/m²", "350.000 một bộ". Only prices look so. */
const BARE_MONEY =
  /(?<![\d.,/])(?:\d{2,3}|\d{1,3}(?:\.\d{3})+)\.\d00(?=\s?(?:\/|(?:một|mỗi)(?!\p{L}))|\s*(?:[,;)]|[.:]?\s*$))/iu;
/** Not the beginning of a day or month: "01/07/2025 – 31/12/2026" has as many digits as a phone number. */
const NO_DAY = String.raw`(?!(?:\d{1,2}[./-])?\d{1,2}[./-](?:19|20)\d{2}(?!\d))`;
/** Phone numbers as people write them: "0912.345.678", "(0912) 345-678", "1900 1234"; not the short 113, 114, 115. */
const PHONE = new RegExp(
  String.raw`(?<![\d.,/-])${NO_DAY}(?:(?:\+|00)?84|0)(?:\s?[.–—/-]?\s?\(?\d\)?){8,10}(?![\d/])|(?<!\d)1[89]00[\s.]?\d{2}[\s.]?\d{2,4}(?!\d)`,
);

/**
 * "nhất" is a superlative unless it is part of another word (thống nhất, thứ nhất, nhất định) or measures
 * without praise (ít nhất, chậm nhất, gần nhất). See docs/decisions/0008-which-superlatives-are-flagged.md.
 */
const PART_OF_WORD = /^(?:thống|hợp|đồng|thứ|lần|duy)$/;
const MEASURE = /^(?:ít|nhiều|chậm|muộn|trễ|sớm|gần|xa|ngắn|dài|thấy|tối thiểu)$/;
const GOES_ON = /^\s+(?:định|thiết|quán|thời|trí|là|thể|loạt)(?!\p{L})/u;
const SUPERLATIVE = /(\p{L}+)\s+nhất(?!\p{L})/giu;
const RANK = /(?<!\p{L})(?:duy nhất|độc nhất|đệ nhất|số một(?!\p{L})|bậc nhất)(?!\p{L})/giu;
const NUMBER_ONE =
  /(?<!(?:nhà|bước|phòng|tầng|ngõ|căn|hình|bảng|mục|đường|điều)\s)(?<!\p{L})số\s1(?![\p{L}\d]|[.,:/]\d|\s+(?:trên|trong|ở)\s+(?:hình|bảng))/giu;
const NO_ONE = /(?<!\p{L})no\.?\s?1(?![\p{L}\d]|[.,:/]\d)/giu;
const LEADING = /(?<!lên\s)(?<!\p{L})hàng đầu(?!\p{L})/giu;

/** No price and no phone number in prose: they are kept in the facts, so that one change there changes every page. */
export function checkProseFacts(content: ContentFolder): Problem[] {
  return textsOf(content, /\/pages\.json$/).flatMap(({ text, ...at }): Problem[] => {
    const money = findMoney(text);
    const phone = findPhone(text);
    const messages = [
      money &&
        `Không gõ giá vào bài ("${money}"): ghi giá trong content/services.json, bài dẫn tới [bảng giá](/bang-gia/).`,
      phone &&
        `Không gõ số điện thoại vào bài ("${phone}"): dùng <Hotline /> trong tệp .mdx; số máy nằm ở content/company.json.`,
    ];
    return messages.flatMap((message) => (message ? [{ ...at, message }] : []));
  });
}

export function findMoney(text: string): string | undefined {
  return (MONEY.exec(text) ?? BARE_MONEY.exec(text))?.[0];
}

export function findPhone(text: string): string | undefined {
  return PHONE.exec(text)?.[0];
}

/** No "tốt nhất", "số một", "duy nhất": advertising law forbids them without proof. */
export function checkSuperlatives(content: ContentFolder): Problem[] {
  const texts = textsOf(content, /\/(?:company|services|booking|pages)\.json$/);
  return texts.flatMap(({ text, ...at }) =>
    findSuperlatives(text.normalize('NFC')).map((words) => ({
      ...at,
      message: `Bỏ "${words}": luật quảng cáo cấm khi không có tài liệu chứng minh. Thay bằng con số hoặc việc làm cụ thể.`,
    })),
  );
}

/** One word for one thing, and the everyday name of what is dangerous; see docs/giong-van.md. */
export function checkGlossary(content: ContentFolder): Problem[] {
  const banned = textsOf(content, /\.json$/).flatMap(({ text, ...at }) =>
    findBanned(text, at.file.startsWith('content/policies/')).map((one) => ({ ...at, ...one })),
  );
  const unexplained = content.entries.flatMap((entry) => {
    const body = entry.text.replace(/^---\n[^]*?\n---\n/, '');
    return findUnexplained(body).map((one) => ({
      file: entry.file,
      line: 1,
      field: 'nội dung',
      ...one,
    }));
  });
  return [...banned, ...unexplained].map(({ found, instead, ...at }) => ({
    ...at,
    message: `Không viết "${found}": viết ${instead}.`,
  }));
}

/** Names of the company, its people and its places, field by field: facts that nobody may word otherwise. */
const NAMES: readonly (readonly [file: RegExp, field: RegExp])[] = [
  [/\/company\.json$/, /^(?:name|shortName|bankAccount|(?:support|address|legal)\..+)$/],
  [/\/(?:areas|crews|holidays)\.json$/, /(?:^|\.)(?:name|former|area)\b/],
];

/** What readers see of entries, of the facts files that fit a pattern but for names, and of captions. */
function textsOf(
  { entries, facts, captions }: ContentFolder,
  factsPattern: RegExp,
): (Piece & { file: string })[] {
  const written = entries.map((entry) => ({ file: entry.file, texts: piecesOf(entry) }));
  const read = facts.filter(({ file }) => factsPattern.test(file));
  return [...written, ...read, ...captions].flatMap(({ file, texts }) =>
    texts.filter(({ field }) => !isName(file, field)).map((piece) => ({ ...piece, file })),
  );
}

function isName(file: string, field: string): boolean {
  return NAMES.some(([files, fields]) => files.test(file) && fields.test(field));
}

export function findSuperlatives(text: string): string[] {
  const ranks = [RANK, NUMBER_ONE, NO_ONE, LEADING].flatMap((pattern) => text.match(pattern) ?? []);
  const most = [...text.matchAll(SUPERLATIVE)].flatMap((match) => {
    const [words, before = ''] = match;
    const word = before.toLowerCase();
    const after = text.slice(match.index + words.length);
    if (PART_OF_WORD.test(word) || MEASURE.test(word) || GOES_ON.test(after)) return [];
    return /^(?:độc|đệ|bậc)$/.test(word) ? [] : [words];
  });
  return [...ranks, ...most];
}
