import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

const FILE = 'wrangler.toml';
const EMAIL = /^[^\s@"]+@[^\s@"]+\.[^\s@"]+$/;

/** How each variable that the owner writes has to look, and what to do where it does not. */
const SHAPES: Readonly<Record<string, readonly [shape: RegExp, remedy: string]>> = {
  PUBLIC_ORIGIN: [
    /^https:\/\/[a-z0-9.-]+\.[a-z]{2,}$/,
    'Ghi địa chỉ của trang, bắt đầu bằng https://, chữ thường, không có dấu / ở cuối, ví dụ "https://example.com".',
  ],
  STAFF_ADDRESS: [EMAIL, 'Ghi một địa chỉ email, ví dụ "viec@example.com".'],
  STAFF_SECOND_ADDRESS: [EMAIL, 'Ghi một địa chỉ email, ví dụ "viec@example.com".'],
  SENDER_ADDRESS: [EMAIL, 'Ghi một địa chỉ email, ví dụ "thu@example.com".'],
  OWNER_ADDRESS: [
    /^(?:[^\s@"]+@[^\s@"]+\.[^\s@"]+)?$/,
    'Ghi địa chỉ email của chủ, hoặc để trống "" khi chưa dùng.',
  ],
  DISPATCH_URL: [/^https:\/\/[^\s/]+\.[^\s]+$/, 'Ghi địa chỉ bắt đầu bằng https://.'],
  FLOOD_LIMIT: [/^[1-9]\d{0,6}$/, 'Ghi một số nguyên trong dấu ngoặc kép, ví dụ "600".'],
};

/** What the owner writes into wrangler.toml: each value in its shape, and what says the same says it everywhere. */
export function checkAddresses({ root }: ContentFolder): Problem[] {
  const file = path.join(root, FILE);
  if (!existsSync(file)) return [];
  // The preview has values of its own, which nobody but the preview needs.
  const [live = ''] = readFileSync(file, 'utf8').split(/^\[+env\./m);
  const lines = live.split('\n');
  const values = lines.flatMap((text, index) => {
    const [, field = '', value = ''] = /^(\w+) = (".*"|\[.*\])/.exec(text) ?? [];
    return field === '' ? [] : [{ field, line: index + 1, words: wordsOf(value) }];
  });
  const valueOf = (name: string) => values.find(({ field }) => field === name)?.words[0] ?? '';
  const staff = ['STAFF_ADDRESS', 'STAFF_SECOND_ADDRESS', 'OWNER_ADDRESS']
    .map(valueOf)
    .filter((address, at) => at < 2 || address !== '')
    .join(', ');
  const sender = valueOf('SENDER_ADDRESS');
  const missing = Object.keys(SHAPES)
    .filter((name) => !values.some(({ field }) => field === name))
    .map((field) => ({ file: FILE, line: 1, field, message: `Thiếu dòng ${field} = "…".` }));
  const wrong = values.flatMap(({ field, line, words }) => {
    const message = findMistake(field, words, { staff, sender });
    return message === null ? [] : [{ file: FILE, line, field, message }];
  });
  return [...missing, ...wrong];
}

function findMistake(
  field: string,
  words: readonly string[],
  { staff, sender }: { staff: string; sender: string },
): string | null {
  if (field === 'allowed_destination_addresses' && words.join(', ') !== staff)
    return `Ghi đúng hai địa chỉ STAFF_ADDRESS và STAFF_SECOND_ADDRESS, thêm OWNER_ADDRESS nếu có, theo thứ tự: ${staff}.`;
  if (field === 'allowed_sender_addresses' && words.join(', ') !== sender)
    return `Ghi đúng địa chỉ SENDER_ADDRESS: ${sender}.`;
  const [shape, remedy] = SHAPES[field] ?? [];
  return shape === undefined || remedy === undefined || shape.test(words[0] ?? '') ? null : remedy;
}

function wordsOf(value: string): string[] {
  return Array.from(value.matchAll(/"([^"]*)"/g), ([, word = '']) => word);
}
