import { describe, expect, test } from 'vitest';
import { findBookableService } from '../content/catalogue.ts';
import { answersToFields, describeAnswer, parseAnswers } from './answers.ts';
import { parseBookingRequest } from './booking.ts';

const sofa = findBookableService('giat-ghe-sofa');
const site = findBookableService('ve-sinh-sau-xay-dung');
if (sofa === undefined || site === undefined) throw new Error('No such service');

describe('parseAnswers', () => {
  test('reads choices, numbers, yes and no of the service chosen, and leaves blank ones out', () => {
    const raw = {
      'giat-ghe-sofa.seats': ' 6 ',
      'giat-ghe-sofa.cloth': 'leather',
      've-sinh-sau-xay-dung.floors': '',
      've-sinh-sau-xay-dung.lift': 'no',
    };
    expect(parseAnswers(sofa.id, raw)).toEqual({
      answers: { seats: 6, cloth: 'leather' },
      errors: [],
    });
    expect(parseAnswers(site.id, raw).answers).toEqual({ lift: 'no' });
    expect(parseAnswers(site.id, {}).answers).toEqual({});
  });

  test.each([
    ['giat-ghe-sofa.seats', '0', 'Số chỗ ngồi: ghi một số từ 1 đến 100, hoặc để trống.'],
    ['giat-ghe-sofa.seats', '101', 'Số chỗ ngồi: ghi một số từ 1 đến 100, hoặc để trống.'],
    ['giat-ghe-sofa.seats', '2,5', 'Số chỗ ngồi: ghi một số từ 1 đến 100, hoặc để trống.'],
    ['giat-ghe-sofa.seats', 'sáu', 'Số chỗ ngồi: ghi một số từ 1 đến 100, hoặc để trống.'],
    ['giat-ghe-sofa.cloth', 'wool', 'Bọc bằng gì: chọn một câu trả lời trong danh sách.'],
  ])('refuses %s = %s', (field, value, message) => {
    expect(parseAnswers(sofa.id, { [field]: value })).toEqual({
      answers: {},
      errors: [{ field, message }],
    });
  });
});

test('an answer in words', () => {
  const words = (service: typeof sofa, given: Record<string, string | number>) =>
    service.questions.map((question) => describeAnswer(question, given[question.id] ?? ''));
  expect(words(sofa, { seats: 6, cloth: 'both' })).toEqual(['6 chỗ', 'Có cả hai']);
  expect(words(site, { floors: 3, lift: 'yes', building: 'no' })).toEqual([
    '3 tầng',
    'Có',
    'Không',
  ]);
});

describe('parseBookingRequest', () => {
  const fields = (changes: Record<string, string>) => {
    const parsed = parseBookingRequest({ service: sofa.id, ...changes });
    return parsed.ok ? [] : parsed.errors.map(({ field }) => field);
  };

  test('names the own quantity of a service where that was sent', () => {
    expect(fields({ 'quantity.giat-ghe-sofa': '0' })[0]).toBe('quantity.giat-ghe-sofa');
    expect(fields({ quantity: '0' })[0]).toBe('quantity');
    expect(fields({ 'quantity.ve-sinh-nha-o': '0' })).not.toContain('quantity.ve-sinh-nha-o');
  });

  test('names a wrong answer before what stands below it on the page', () => {
    expect(fields({ 'giat-ghe-sofa.seats': 'x', ward: '16690' })[0]).toBe('giat-ghe-sofa.seats');
  });
});

test('stored answers fill the form again, without those that its questions no longer take', () => {
  const answers = { seats: 6, cloth: 'wool', colour: 'red' };
  expect(parseAnswers(sofa.id, answersToFields({ id: sofa.id, answers }))).toEqual({
    answers: { seats: 6 },
    errors: [],
  });
  expect(answersToFields({ id: site.id, answers: {} })).toEqual({});
});
