import { describe, expect, test } from 'vitest';
import { FROZEN_END, FROZEN_START } from '../../shared/privacy/policy-fragment.ts';
import { bindWords, splitHeading } from './line-breaks.ts';

const page = (main: string, language = 'vi') =>
  `<html lang="${language}"><head><title>7:30–9:00</title></head><body>${main}</body></html>`;

describe('splitHeading', () => {
  test.each([
    'Trời nồm,|sàn nhà đổ mồ hôi:|kinh nghiệm|khắc phục',
    'Dịch vụ|vệ sinh|công nghiệp|tại Vinh,|Nghệ An',
    'Quyền|và nghĩa vụ|của hai bên',
    'Bảo mật|thông tin|cá nhân',
    'Các yếu tố|ảnh hưởng|đến giá',
    'Anh/chị chuẩn bị gì',
    'Xem lại xong|mới trả tiền',
    'Xóa',
  ])('breaks between words: %s', (parts) => {
    expect(splitHeading(parts.replaceAll('|', ' '))).toEqual(parts.split('|'));
  });
});

describe('bindWords', () => {
  test.each([
    [
      'the words of a heading',
      '<h2 id="a">Dịch vụ vệ sinh</h2>',
      '<h2 id="a"><span class="word">Dịch vụ</span> <span class="word">vệ sinh</span></h2>',
    ],
    ['a range', '<p>Từ 7:30–9:00, rồi</p>', '<p>Từ <span class="word">7:30–9:00,</span> rồi</p>'],
    [
      'a range and its unit',
      '<p>dài 3–5 cm.</p>',
      '<p>dài <span class="word">3–5\u00a0cm.</span></p>',
    ],
    ['a number and its unit', '<p>nền 20 °C.</p>', '<p>nền 20\u00a0°C.</p>'],
  ])('holds %s together', (_, main, wanted) => expect(bindWords(page(main))).toBe(page(wanted)));

  test.each([
    ['one word', page('<h1>Tìm đơn</h1>')],
    ['prose', page('<p>Dịch vụ vệ sinh</p>')],
    ['what the Worker fills', page('<h1 data-text="heading">Dịch vụ vệ sinh</h1>')],
    ['drawings and choices', page('<svg><text>3–5 cm</text></svg><select>7:30–9:00</select>')],
    ['headings in English', page('<h2>How booking works today</h2>', 'en')],
    ['a published policy', page(`${FROZEN_START}<h2>Dịch vụ vệ sinh</h2>3–5 cm${FROZEN_END}`)],
  ])('leaves %s', (_, html) => expect(bindWords(html)).toBe(html));
});
