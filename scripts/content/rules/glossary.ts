/** A wording that is not used, and what is written instead: docs/giong-van.md says why. */
export interface Banned {
  pattern: RegExp;
  instead: string;
}

const word = (words: string) => new RegExp(String.raw`(?<!\p{L})(?:${words})(?!\p{L})`, 'giu');

/** One word for one thing, no machine's words, no measure that dodges "nhất", one form of a date. */
const everywhere: readonly Banned[] = [
  { pattern: word('mã yêu cầu'), instead: 'mã đơn' },
  { pattern: word('liên kết'), instead: 'đường dẫn' },
  { pattern: word('thư điện tử|địa chỉ thư'), instead: 'email' },
  { pattern: word('số máy chung'), instead: 'số công ty' },
  { pattern: word('mục lục'), instead: 'menu' },
  { pattern: word('nơi làm|chỗ làm'), instead: 'địa chỉ đội đến, chỗ vừa làm' },
  { pattern: word('phường xã'), instead: 'phường, xã' },
  { pattern: word('gọi người làm'), instead: 'gọi thợ, gọi dịch vụ' },
  {
    pattern: word('khép (?:lại|khiếu nại|tin|đơn|được)|đã khép|chưa khép'),
    instead: 'kết thúc, đã xử lý xong',
  },
  { pattern: word('niêm (?:kín|phong)'), instead: 'mã hóa' },
  { pattern: word('dấu vân tay'), instead: 'mã đối chiếu' },
  { pattern: word('mất khóa'), instead: 'không đọc được nữa' },
  { pattern: word('đèn (?:đỏ|khác)'), instead: 'cảnh báo' },
  { pattern: word('bản lùi ngày'), instead: 'bản khôi phục' },
  { pattern: word('lời hứa'), instead: 'điều đã công bố, thời hạn' },
  { pattern: word('vắng khách'), instead: 'khách vắng, không gặp khách' },
  { pattern: word('theo sách của'), instead: 'theo hướng dẫn của' },
  { pattern: /\d giờ trước giờ hẹn/giu, instead: 'tiếng trước giờ hẹn' },
  { pattern: word('ít ra'), instead: 'ít nhất, tối thiểu' },
  { pattern: word('(?:xa|nhiều) lắm (?:là|cũng)'), instead: 'nhiều nhất' },
  {
    pattern: word('hơn cả(?=[.,;:]|$)|(?:sớm|cao|nhanh) hết mức'),
    instead: 'một con số, hoặc "sớm nhất", "cao nhất"',
  },
  { pattern: /(?<!\p{L})[Cc]hủ nhật(?!\p{L})/gu, instead: 'Chủ Nhật' },
  {
    pattern: /(?<!\p{L})[Cc]húng(?! (?:tôi|ta)(?!\p{L}))(?!\p{L})/gu,
    instead: 'tên của vật, ví dụ "các mục này"',
  },
];

/** What is dangerous when it is misread: each surface and agent by a name that hangs on no tone mark. */
const surfaces: readonly Banned[] = [
  { pattern: word('gạch bông(?! xi măng)'), instead: 'gạch bông xi măng (gạch hoa)' },
  { pattern: word('gạch bóng(?! kính)'), instead: 'gạch men bóng (gạch bóng kính)' },
  {
    pattern: /(?<![\p{L}"“])đá hoa(?! cương)(?!\p{L})/giu,
    instead: 'đá cẩm thạch (marble), hoặc đá hoa cương (granite)',
  },
];

/** A name and the everyday name that stands behind it where a text first uses it. */
const everyday: readonly (readonly [name: RegExp, full: string])[] = [
  [/(?<!\p{L})aptomat(?!\p{L})/iu, 'aptomat (cầu dao)'],
  [/(?<!\p{L})nước javel(?!\p{L})/iu, 'nước javel (thuốc tẩy quần áo)'],
  [/(?<!\p{L})đá cẩm thạch(?!\p{L})/iu, 'đá cẩm thạch (marble)'],
  [/(?<!\p{L})gạch bông xi măng(?!\p{L})/iu, 'gạch bông xi măng (gạch hoa)'],
];

/** Pages print days as 01/07/2025; prose does too. A field that is nothing but a day has a rule of its own. */
const SHORT_DATE: Banned = {
  pattern: /(?<=.)(?<![\d/])(?:\d\/\d{1,2}|\d{2}\/\d)\/\d{4}(?!\d)/gu,
  instead: 'ngày và tháng hai chữ số, ví dụ 01/07/2025',
};
const OTHER_PRONOUN: Banned = {
  pattern: word('quý khách'),
  instead: 'anh/chị; "Quý khách" chỉ dùng trong chính sách',
};
const EXCLAMATION: Banned = { pattern: /\p{L}!(?!\[)/gu, instead: 'dấu chấm' };

/** Wordings of a text that are not used; `policy` where it is a policy, which says "Quý khách". */
export function findBanned(text: string, policy = false): { found: string; instead: string }[] {
  const list = [
    ...everywhere,
    ...surfaces,
    SHORT_DATE,
    EXCLAMATION,
    ...(policy ? [] : [OTHER_PRONOUN]),
  ];
  return list.flatMap(({ pattern, instead }) =>
    Array.from(text.normalize('NFC').matchAll(pattern), ([found]) => ({ found, instead })),
  );
}

/** Names whose everyday name is missing where a text uses them first. */
export function findUnexplained(text: string): { found: string; instead: string }[] {
  const words = text.normalize('NFC').replace(/\s+/g, ' ');
  return everyday.flatMap(([name, full]) => {
    const first = name.exec(words);
    if (first === null) return [];
    const isFull = words.slice(first.index).toLowerCase().startsWith(full.toLowerCase());
    return isFull ? [] : [{ found: first[0], instead: full }];
  });
}
