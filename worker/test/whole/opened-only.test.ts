import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { openKeyStore, openPerson } from '../../personal-data/key-store.ts';
import { transitionBooking, type TransitionRequest } from '../../records/booking-transition.ts';
import { customerPath, viewPath } from '../../signing/links.ts';
import {
  dataPath,
  dayPath,
  feedPath,
  freshStaffPath,
  numbersPath,
  staffPath,
  weekPath,
} from '../../signing/staff-links.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { Visitor } from '../browser.ts';
import { crewLink, madeUpCrews, useCrews } from '../crews.ts';
import { NOW } from '../fixtures.ts';
import { readBooking, readDatabase, submitBooking, submitMessage } from '../records.ts';
import { staffSigning } from '../staff.ts';

useCrews();

const keys = readLinkKeys(env.LINK_KEYS);
/** What only a deliberate press may show: details, and what staff and customer wrote to each other. */
const PERSONAL =
  /Nguyễn Thị Hoa|12 Lê Lợi|345 ?678|hoa@example|Cổng sau|Sofa còn vết bẩn|Hai ghế|Thơm và khô|Khách quen/;
const WORDS = { covers: 'Hai ghế', ratingWords: 'Thơm và khô', staffNote: 'Khách quen' };

/** A finished booking of a crew with all that can be sealed of one, and a price that was paid. */
async function finish({ id }: { id: string }): Promise<void> {
  const steps: Omit<TransitionRequest, 'booking' | 'now'>[] = [
    { transition: 'price', actor: 'staff', amendment: { kind: 'price', amountVnd: 500_000 } },
    {
      ...{ transition: 'agree', actor: 'customer' },
      amendment: { kind: 'agreement', by: 'customer', version: 1 },
    },
    {
      ...{ transition: 'pay', actor: 'staff' },
      amendment: { kind: 'payment', amountVnd: 500_000, method: 'cash' },
    },
    { transition: 'assign', actor: 'staff', crew: madeUpCrews[0]?.id ?? null },
  ];
  for (const step of steps) {
    const booking = await readBooking(id);
    const view = await openPerson(openKeyStore(env), id, booking.sealed);
    if (view.state !== 'open') throw new Error(view.state);
    const person = step.transition === 'price' ? { person: { ...view.person, ...WORDS } } : {};
    const { outcome } = await transitionBooking(env, { booking, now: NOW, ...step, ...person });
    expect([step.transition, outcome]).toEqual([step.transition, 'done']);
  }
}

test('whoever only opens a link, as previews and scanners do, learns nothing personal and changes nothing', async () => {
  const booking = await submitBooking();
  await env.DB.prepare("update bookings set state = 'confirmed'").run();
  await finish(booking);
  const message = await submitMessage();
  const signing = staffSigning();
  const week = await weekPath(signing);
  const { visitDate } = await readBooking(booking.id);
  const own = await customerPath(keys, booking);
  const below = ['', 'du-lieu/', 'dat-lai/', 'bien-nhan/', 'lich.ics'];
  const numbers = await numbersPath(signing);
  const paths = [
    ...below.map((page) => own.replace('/?', `/${page}?`)),
    ...['phone', 'slot', 'see', 'erase', 'rate'].map((done) => `${own}&xong=${done}&doi=${done}`),
    ...[await viewPath(keys, booking), await customerPath(keys, message)],
    ...[await staffPath(signing, booking), await staffPath(signing, message)],
    `${await freshStaffPath(signing, booking)}chot/`,
    ...[await dataPath(signing, booking), await dataPath(signing, message)],
    ...[week, `${week}them/`, await dayPath(signing, visitDate)],
    await crewLink(madeUpCrews[0]?.id ?? '', visitDate),
    ...[await feedPath(signing, null), await feedPath(signing, madeUpCrews[0]?.id ?? '')],
    ...[numbers, `${numbers}so-lieu.csv`],
  ];
  for (const state of ['confirmed', 'completed']) {
    await env.DB.prepare('update bookings set state = ?').bind(state).run();
    const before = await readDatabase();
    for (const path of paths) {
      const { status, text } = await new Visitor(NOW).open(path);
      const label = [state, path.replace(/[\w-]{20,}/, '…')];
      expect([...label, status]).toEqual([...label, expect.toBeOneOf([200, 303, 404, 409])]);
      expect([...label, PERSONAL.exec(text)?.[0]]).toEqual([...label, undefined]);
    }
    expect(await readDatabase()).toBe(before);
  }
});
