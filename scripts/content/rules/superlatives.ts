import { piecesOf } from '../entry.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

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

/** No text promises what advertising law forbids without proof: "tốt nhất", "số một", "duy nhất". */
export function checkSuperlatives({ entries, facts, captions }: ContentFolder): Problem[] {
  const prose = entries.flatMap((entry) =>
    piecesOf(entry).map((piece) => ({ ...piece, file: entry.file })),
  );
  const inFacts = facts.filter(({ file }) =>
    /\/(?:company|services|booking|pages)\.json$/.test(file),
  );
  const others = [...inFacts, ...captions].flatMap(({ file, texts }) =>
    texts.map((piece) => ({ ...piece, file })),
  );
  return [...prose, ...others].flatMap(({ file, line, field, text }) =>
    findSuperlatives(text.normalize('NFC')).map((words) => ({
      file,
      line,
      field,
      message: `Bỏ "${words}": luật quảng cáo cấm khi không có tài liệu chứng minh. Thay bằng con số hoặc việc làm cụ thể.`,
    })),
  );
}

/** The words in a text that claim to be the best. */
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
