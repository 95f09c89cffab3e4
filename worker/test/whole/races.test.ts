import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { addDays, later, weekdayOf } from '../../../shared/time.ts';
import { deliverOne } from '../../outbox/attempt.ts';
import { issueIntent } from '../../signing/links.ts';
import { transitionBooking } from '../../records/booking-transition.ts';
import { findBookingByCode } from '../../store/bookings.ts';
import { findBroken } from '../invariants.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { answerDispatch } from '../dispatch.ts';
import { acceptBookingForm, bookingFields, NOW } from '../fixtures.ts';
import { postJson, unlimited } from '../requests.ts';

/** `npm run orders` plays 20. */
const ROUNDS = Number(env.RACE_ROUNDS);
const RACERS = 100;
const PATH = '/api/bookings';
const flooded = { env: unlimited };

/** Working days ahead, each with its own windows. */
const days = Array.from({ length: 30 }, (_, at) => addDays('2026-11-25', at)).filter(
  (day) => weekdayOf(day) !== 'sun',
);

interface Answer {
  status: number;
  body: { code?: string; alternatives?: { date: string; window: string }[] };
}

async function post(fields: Record<string, string | undefined>): Promise<Answer> {
  const response = await postJson(PATH, bookingFields(fields), flooded);
  return { status: response.status, body: await response.json() };
}

/** A person of their own for each racer, so that nobody repeats another. */
function racer(round: number, at: number) {
  const digits = String(round * RACERS + at).padStart(6, '0');
  return { name: `Khách ${digits}`, phone: `0912${digits}`, email: undefined };
}

async function cancel(code: string | undefined) {
  const booking = await findBookingByCode(env.DB, code ?? '');
  if (booking === null) throw new Error(`No booking ${code}`);
  return transitionBooking(env, { booking, transition: 'cancel', actor: 'customer', now: NOW });
}

describe('a hundred people at once for three seats', () => {
  test(
    'three get one and 97 are offered other windows, round after round',
    { timeout: 300_000 },
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const service = round % 2 === 0 ? 've-sinh-nha-o' : 've-sinh-sau-xay-dung';
        const start = { date: days[round] ?? '', window: 'sang' };
        const answers = await Promise.all(
          Array.from({ length: RACERS }, (_, at) =>
            post({ service, ...start, ...racer(round, at) }),
          ),
        );
        const accepted = answers.filter(({ status }) => status === 201);
        const full = answers.filter(({ status }) => status === 409);
        expect([accepted.length, full.length]).toEqual([3, 97]);
        for (const { body } of full) {
          expect(body.alternatives).toHaveLength(4);
          expect(body.alternatives).not.toContainEqual(start);
        }
        expect(await findBroken()).toEqual([]);

        expect(await cancel(accepted[0]?.body.code)).toMatchObject({ outcome: 'done' });
        const again = await post({ service, ...start, ...racer(round, RACERS + 1000 + round) });
        expect(again.status).toBe(201);
        expect(await findBroken()).toEqual([]);
      }
    },
  );

  test(
    'long jobs, several services, phone bookings and cancels in between never overfill a window',
    { timeout: 120_000 },
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const date = days[round] ?? '';
        const first = await post({ date, window: 'sang', ...racer(90 + round, 1) });
        const short = { service: 've-sinh-nha-o', date };
        const long = { service: 've-sinh-sau-xay-dung', date };
        const two = { service: 'giat-ghe-sofa,ve-sinh-nha-o', date, quantity: undefined };
        const three = { ...two, service: `${two.service},tap-vu-van-phong`, window: 'sang-som' };
        await Promise.all([
          ...Array.from({ length: 20 }, (_, at) =>
            post({ ...(at % 2 ? short : long), window: 'sang', ...racer(50 + round, at) }),
          ),
          ...Array.from({ length: 10 }, (_, at) =>
            post({ window: 'sang', ...(at % 2 ? two : three), ...racer(30 + round, at) }),
          ),
          ...Array.from({ length: 10 }, (_, at) =>
            acceptBookingForm(
              env,
              {
                ...(at % 2 ? short : long),
                window: at % 3 ? 'sang-som' : 'chieu',
                ...racer(70 + round, at),
              },
              { origin: 'phone' },
            ),
          ),
          cancel(first.body.code),
        ]);
        // The cancelled seat may have come back after the last of them was refused.
        await post({ ...short, window: 'sang', ...racer(50 + round, RACERS - 1) });
        expect(await findBroken()).toEqual([]);
        const { results } = await env.DB.prepare(
          `select count(*) as taken from seats where visit_date = ? and arrival_window = 'sang'`,
        )
          .bind(date)
          .all();
        expect(results).toEqual([{ taken: 3 }]);
      }
    },
  );
});

describe('twenty identical posts at once', () => {
  async function sendAll(fields: Record<string, string>) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(fields)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(answers.map(({ body }) => JSON.stringify({ ...body }))).size).toBe(1);
    const { results } = await env.DB.prepare('select id from deliveries').all<{ id: string }>();
    answerDispatch();
    await Promise.all([...results, ...results].map(({ id }) => deliverOne(env, id, NOW)));
    expect(globalThis.fetch).toHaveBeenCalledTimes(1);
    expect(env.STAFF_EMAIL.send).toHaveBeenCalledTimes(1);
    expect(await findBroken()).toEqual([]);
    return answers[0]?.body;
  }

  test('with one intent are one booking, one staff e-mail and one dispatch job', async () => {
    const keys = readLinkKeys(env.LINK_KEYS);
    const intent = await issueIntent({ keys, now: NOW }, 'booking', later(NOW, { minutes: -1 }));
    await sendAll({ intent });
  });

  test('without an intent are one as well', async () => {
    await sendAll({});
  });
});
