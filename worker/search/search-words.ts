import { foldText } from '../../shared/text.ts';

/** What people type, folded, and what our pages call it. */
const OTHER_WORDS: readonly (readonly [typed: string, written: string])[] = [
  ['gio lam viec', 'khung giờ'],
  ['gio mo cua', 'khung giờ'],
  ['so tai khoan', 'thanh toán'],
  ['e-mail', 'thư điện tử'],
  ['email', 'thư điện tử'],
  ['gmail', 'thư điện tử'],
  ['hotline', 'số điện thoại'],
  ['sdt', 'số điện thoại'],
];

/** The query in the words of our pages; null where it has none that they call otherwise. */
export function rewordQuery(query: string): string | null {
  const folded = foldText(query);
  const found = OTHER_WORDS.find(([typed]) => ` ${folded} `.includes(` ${typed} `));
  return found === undefined
    ? null
    : ` ${folded} `.replace(` ${found[0]} `, ` ${found[1]} `).trim();
}
