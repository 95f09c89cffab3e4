import { describe, expect, test } from 'vitest';
import {
  DRAFT_END,
  DRAFT_START,
  FROZEN_END,
  FROZEN_START,
} from '../../shared/privacy/policy-fragment.ts';
import { bindWords, bindHeading } from './line-breaks.ts';

const page = (main: string, language = 'vi') =>
  `<html lang="${language}"><head><title>7:30–9:00</title></head><body>${main}</body></html>`;

describe('bindHeading', () => {
  test.each([
    'Trời_nồm, sàn_nhà đổ mồ_hôi: kinh nghiệm khắc_phục',
    'Dịch_vụ vệ_sinh công nghiệp tại Vinh, Nghệ_An',
    'Quyền và nghĩa_vụ của hai_bên',
    'Bảo_mật thông_tin cá_nhân',
    'Các yếu_tố ảnh_hưởng đến giá',
    'Chúng_tôi báo_giá trước khi làm',
    'Anh/chị chuẩn bị_gì',
    'Xóa',
  ])('binds the words of %s', (bound) => {
    expect(bindHeading(bound.replaceAll('_', ' '))).toBe(bound.replaceAll('_', '\u00a0'));
  });
});

describe('bindWords', () => {
  test.each([
    [
      'the words of a heading',
      '<h2 id="a">Dịch vụ vệ sinh</h2>',
      '<h2 id="a">Dịch\u00a0vụ vệ\u00a0sinh</h2>',
    ],
    ['nothing with what follows', '<h2>Đơn <b>1</b></h2>', '<h2>Đơn <b>1</b></h2>'],
    ['a range', '<p>Từ 7:30–9:00, rồi</p>', '<p>Từ <span class="word">7:30–9:00,</span> rồi</p>'],
    [
      'a range and its unit',
      '<p>dài 3–5 cm.</p>',
      '<p>dài <span class="word">3–5\u00a0cm.</span></p>',
    ],
    [
      'a day of the week',
      '<p>Từ thứ Hai đến Thứ Bảy, trừ Chủ Nhật.</p>',
      '<p>Từ thứ\u00a0Hai đến Thứ\u00a0Bảy, trừ Chủ\u00a0Nhật.</p>',
    ],
    ['a number and its unit', '<p>nền 20 °C.</p>', '<p>nền 20\u00a0°C.</p>'],
  ])('holds %s together', (_, main, wanted) => expect(bindWords(page(main))).toBe(page(wanted)));

  test.each([
    ['a heading of one syllable', page('<h1>Xóa</h1>')],
    ['prose', page('<p>Dịch vụ vệ sinh</p>')],
    ['what the Worker fills', page('<h1 data-text="heading">Dịch vụ vệ sinh</h1>')],
    ['drawings and choices', page('<svg><text>3–5 cm</text></svg><select>7:30–9:00</select>')],
    ['headings in English', page('<h2>How booking works today</h2>', 'en')],
    ['a published policy', page(`${FROZEN_START}<h2>Dịch vụ vệ sinh</h2>3–5 cm${FROZEN_END}`)],
    // What is published is taken from here.
    ['a drafted policy', page(`${DRAFT_START}<h2>Dịch vụ vệ sinh</h2>3–5 cm${DRAFT_END}`)],
  ])('leaves %s', (_, html) => expect(bindWords(html)).toBe(html));
});
