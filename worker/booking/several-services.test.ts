import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { describeSizes, nameServices } from '../../shared/jobs/visit-words.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { transitionBooking } from '../records/booking-transition.ts';
import { findBookingByCode } from '../store/bookings.ts';
import { bookingFields, NOW } from '../test/fixtures.ts';
import { findBroken } from '../test/invariants.ts';
import { readBooking, submitBooking, writeAsBefore } from '../test/records.ts';
import { postForm, postJson } from '../test/requests.ts';
import { describeAnswers } from '../wording/visit.ts';

const [HOUSE, SITE, SOFA, GLASS] = [
  've-sinh-nha-o',
  've-sinh-sau-xay-dung',
  'giat-ghe-sofa',
  'lau-kinh-nha-cao-tang',
] as const;
const PATH = '/api/bookings';
const several = { service: `${SOFA},${SITE}`, quantity: undefined, window: 'sang-som' };

async function seatsOf(id: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `select visit_date || '/' || arrival_window as slot from seats where booking_id = ? order by arrival_window`,
  )
    .bind(id)
    .all<{ slot: string }>();
  return results.map(({ slot }) => slot);
}

describe('POST /api/bookings with several services', () => {
  test('stores each with its size and answers, and takes the windows of all on one day', async () => {
    const response = await postJson(PATH, {
      ...bookingFields({ quantity: undefined, window: 'sang' }),
      service: [SOFA, SITE],
      quantity: { [SOFA]: 2 },
      answers: { [SOFA]: { seats: 6 }, [SITE]: { lift: 'no' } },
    });
    expect(response.status).toBe(201);
    const { code }: { code: string } = await response.json();
    const booking = await findBookingByCode(env.DB, code);
    expect(booking).toMatchObject({
      visit: 'work',
      services: [
        { id: SITE, quantity: null, answers: { lift: 'no' } },
        { id: SOFA, quantity: 2, answers: { seats: 6 } },
      ],
      visitEndsAt: new Date('2026-11-26T10:00:00.000Z'),
    });
    const taken = ['2026-11-26/chieu', '2026-11-26/chieu-muon', '2026-11-26/sang'];
    expect(await seatsOf(booking?.id ?? '')).toEqual(taken);
    if (booking === null) return;
    expect(nameServices(booking)).toBe('Vệ sinh sau xây dựng, Giặt ghế sofa tại nhà');
    expect(describeSizes(booking.services)).toBe('Giặt ghế sofa tại nhà 2 bộ');
    expect(describeAnswers(booking)).toEqual([
      { label: 'Vệ sinh sau xây dựng, Có thang máy', value: 'Không' },
      { label: 'Giặt ghế sofa tại nhà, Số chỗ ngồi', value: '6 chỗ' },
    ]);
  });

  test.each([
    ['a fourth', [HOUSE, SITE, SOFA, GLASS], {}, 'service'],
    ['one twice', [SOFA, SOFA], {}, 'service'],
    ['one that is unknown', [SOFA, 'khong-co'], {}, 'service'],
    ['more than a day holds', [SITE, SOFA, GLASS], {}, 'service'],
    ['a size that is nobody’s', [SITE, SOFA], { quantity: '2' }, 'quantity'],
    ['a wrong size', [SITE, SOFA], { quantity: { [SOFA]: 0 } }, `quantity.${SOFA}`],
    ['a wrong answer', [SITE, SOFA], { answers: { [SOFA]: { seats: 0 } } }, `${SOFA}.seats`],
    ['a start too late for all', [SITE, SOFA], { window: 'chieu' }, 'window'],
  ])('refuses %s by its field', async (_, service, changes, field) => {
    const fields = { ...bookingFields({ quantity: undefined }), ...changes, service };
    const response = await postJson(PATH, fields);
    const { errors }: { errors: { field: string }[] } = await response.json();
    expect([response.status, errors.map((error) => error.field)]).toEqual([422, [field]]);
  });

  test('gives the form back with each service chosen, its size, and windows long enough for all', async () => {
    const response = await postForm(PATH, {
      ...bookingFields({ ...several, name: '' }),
      [`quantity.${SOFA}`]: '2',
    });
    const page = await response.text();
    expect(response.status).toBe(422);
    const chosen = page.match(/<input[^>]*name="service"[^>]*checked[^>]*>/g) ?? [];
    expect(chosen.map((tag) => /value="([^"]*)"/.exec(tag)?.[1])).toEqual([SITE, SOFA]);
    const [size = ''] = /<input[^>]*name="quantity\.giat-ghe-sofa"[^>]*>/.exec(page) ?? [];
    expect(size).toContain('value="2"');
    const [windows = ''] = /<div[^>]*id="window"[^>]*>/.exec(page) ?? [];
    expect(windows).toContain(`data-service="${SITE},${SOFA}"`);
  });

  test('all or none: where one of the windows is full, other starts are offered', async () => {
    for (let at = 0; at < 3; at += 1) {
      await submitBooking({ service: HOUSE, window: 'chieu', phone: `091234500${at}` });
    }
    const response = await postJson(PATH, bookingFields(several));
    expect(response.status).toBe(409);
    const { alternatives }: { alternatives: object[] } = await response.json();
    expect(alternatives[0]).toEqual({ date: '2026-11-27', window: 'sang-som' });
    expect(await findBroken()).toEqual([]);
  });
});

describe('a visit of several services', () => {
  test('moves, cancels and is emptied with all its windows', async () => {
    const { id } = await submitBooking({ ...several, [`quantity.${SOFA}`]: '2' });
    const move = {
      actor: 'staff',
      now: NOW,
      start: { date: '2026-11-27', window: 'sang' },
    } as const;
    const booking = await readBooking(id);
    await transitionBooking(env, { booking, transition: 'reschedule', ...move });
    expect(await seatsOf(id)).toEqual([
      '2026-11-27/chieu',
      '2026-11-27/chieu-muon',
      '2026-11-27/sang',
    ]);
    expect(await findBroken()).toEqual([]);
    const record = await readBooking(id);
    await eraseRecord(env, { id, record, cause: 'request', actor: 'customer', now: NOW });
    expect((await readBooking(id)).services).toEqual([{ id: SITE, quantity: null, answers: {} }]);
    expect(await seatsOf(id)).toEqual([]);
  });

  test('leaves a booking made before as it was: it shows, moves, cancels', async () => {
    const { id } = await submitBooking();
    await writeAsBefore(id);
    const before = await readBooking(id);
    expect(before).toMatchObject({
      visit: 'work',
      services: [{ id: SOFA, quantity: 2, answers: {} }],
    });
    const start = { date: '2026-11-27', window: 'sang' };
    const moved = {
      booking: before,
      transition: 'reschedule',
      actor: 'customer',
      now: NOW,
      start,
    } as const;
    expect((await transitionBooking(env, moved)).outcome).toBe('done');
    expect(await seatsOf(id)).toEqual(['2026-11-27/sang']);
    const booking = await readBooking(id);
    const cancel = { booking, transition: 'cancel', actor: 'customer', now: NOW } as const;
    expect((await transitionBooking(env, cancel)).outcome).toBe('done');
    expect(await findBroken()).toEqual([]);
  });
});
