import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { transitionBooking, type TransitionRequest } from '../records/booking-transition.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { openKeyStore, openPerson } from '../personal-data/key-store.ts';
import { customerPath } from '../signing/links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { deleteRecords } from '../store/purge.ts';
import { Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { count, readBooking, submitBooking } from '../test/records.ts';

const keys = readLinkKeys(env.LINK_KEYS);

type Step = Pick<TransitionRequest, 'transition' | 'actor' | 'amendment'>;

/** A finished booking with a price, what it covers, a payment and a rating with words. */
async function arrange() {
  const record = await submitBooking();
  await env.DB.prepare("update bookings set state = 'completed'").run();
  const steps: (Step & { words?: object })[] = [
    {
      ...{ transition: 'price', actor: 'staff', words: { covers: 'Hai ghế, giặt và sấy' } },
      amendment: { kind: 'price', amountVnd: 500_000 },
    },
    {
      ...{ transition: 'agree', actor: 'customer' },
      amendment: { kind: 'agreement', by: 'customer', version: 1 },
    },
    {
      ...{ transition: 'pay', actor: 'staff' },
      amendment: { kind: 'payment', amountVnd: 500_000, method: 'cash' },
    },
    {
      ...{ transition: 'rate', actor: 'customer', words: { ratingWords: 'Thơm và khô' } },
      amendment: { kind: 'rating', rating: 'good' },
    },
  ];
  for (const { words, ...step } of steps) {
    const booking = await readBooking(record.id);
    const opened = await openPerson(openKeyStore(env), booking.id, booking.sealed);
    if (opened.state !== 'open') throw new Error('not readable');
    const person = words === undefined ? undefined : { ...opened.person, ...words };
    const outcome = await transitionBooking(env, {
      ...{ booking, now: NOW, ...step },
      ...(person === undefined ? {} : { person }),
    });
    expect(outcome.outcome).toBe('done');
  }
  return { ...record, path: await customerPath(keys, record) };
}

test('price, payment and rating are seen and downloaded with the rest', async () => {
  const { path } = await arrange();
  const me = new Visitor(NOW);
  await me.openAll(path);
  const data = path.replace('/?', '/du-lieu/?');
  const page = await me.open(data);
  expect(page.words).toContain('Giá gồm những gì Hai ghế, giặt và sấy');
  expect(page.words).toContain('Lời đánh giá Thơm và khô');
  expect(page.words).toMatch(/Giá 500\.000 ₫\. Báo lúc [^.]+\. Anh\/chị đã đồng ý lúc/);
  expect(page.words).toContain('Đã trả 500.000 ₫, tiền mặt');
  expect(page.words).toContain('Đánh giá Tốt');
  const form = page.forms.find(({ values }) => values['act'] === 'see');
  if (form === undefined) throw new Error('No form to download');
  const copy = JSON.parse((await me.submit(form, { sure: 'json' })).text) as Record<
    string,
    unknown
  >;
  expect(copy).toMatchObject({
    prices: [{ amountVnd: 500_000, agreed: { by: 'customer', version: 1 } }],
    payments: [{ amountVnd: 500_000, method: 'cash', undoneAt: null }],
    rating: { rating: 'good' },
    person: { covers: 'Hai ghế, giặt và sấy', ratingWords: 'Thơm và khô' },
  });
});

test('an erasure takes the words and leaves the sums to the books, until the record goes', async () => {
  const { id } = await arrange();
  await eraseRecord(env, { id, cause: 'request', actor: 'customer', now: NOW });
  expect((await readBooking(id)).sealed).toHaveLength(0);
  expect(await count('prices', 'amount_vnd = 500000')).toBe(1);
  expect(await count('payments')).toBe(1);
  await env.DB.batch(deleteRecords(env.DB, [id]));
  expect([await count('prices'), await count('payments'), await count('ratings')]).toEqual([
    0, 0, 0,
  ]);
  expect(await count('rating_totals', "rating = 'good' and count = 1")).toBe(1);
});
