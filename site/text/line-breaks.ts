import { pageWords } from './words.ts';

/** Words of two syllables that headings of any company use: broken at the end of a line, each reads as two. */
const COMMON = [
  'an toàn',
  'bao lâu',
  'báo giá',
  'bảo hành',
  'bảo mật',
  'bề mặt',
  'buổi làm',
  'cá nhân',
  'chấm dứt',
  'chính sách',
  'chú ý',
  'chúng tôi',
  'cơ bản',
  'cung cấp',
  'dịch vụ',
  'dụng cụ',
  'điều kiện',
  'điện thoại',
  'gia chủ',
  'giải pháp',
  'giải quyết',
  'giới hạn',
  'gọi lại',
  'hai bên',
  'hình thức',
  'hoàn tiền',
  'khắc phục',
  'khiếu nại',
  'kinh nghiệm',
  'làm lại',
  'lợi ích',
  'nghĩa vụ',
  'nhân viên',
  'những gì',
  'phần việc',
  'quy định',
  'quy trình',
  'sai lầm',
  'tại nhà',
  'thanh toán',
  'thế nào',
  'thông tin',
  'thường gặp',
  'văn phòng',
  'yêu cầu',
];

/** A place's name stays with the preposition before it. */
const PLACE = '[Tt]ại \\p{Lu}\\p{L}+|ở \\p{Lu}\\p{L}+';
const kept = findKept([...COMMON, ...pageWords.headings.kept]);

/** Finds words that should stay on one line, each with the mark behind it, as one group. */
export function findKept(words: readonly string[]): RegExp {
  const any = [...words.map(eitherCase), PLACE].join('|');
  return new RegExp(`(?<!\\p{L})((?:${any})[,.:;?]?)(?!\\p{L})`, 'u');
}

function eitherCase(word: string): string {
  const first = word.charAt(0);
  return `[${first}${first.toUpperCase()}]${word.slice(1)}`;
}

/** The pieces of a heading in their order, each second one a word that should stay on one line. */
export function splitAtBreaks(text: string, words = kept): string[] {
  return text.split(words);
}
