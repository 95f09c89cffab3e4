import { env } from 'cloudflare:workers';
import ICAL from 'ical.js';
import { describe, expect, test, vi } from 'vitest';
import { type Actor, type BookingTransition } from '../../../shared/states';
import { later } from '../../../shared/time';
import { eraseRecord } from '../../personal-data/erase';
import { transitionBooking } from '../../records/booking-transition';
import { findBooking } from '../../store/bookings';
import { sendDueDeliveries } from '../sweep';
import { NOW } from '../../test/fixtures';
import { submitBooking } from '../../test/records';

const afterUndo = later(NOW, { minutes: 11 });

async function act(
  id: string,
  transition: BookingTransition,
  { actor = 'staff', now = NOW }: { actor?: Actor; now?: Date } = {},
) {
  const booking = await findBooking(env.DB, id);
  if (booking === null) throw new Error('no booking');
  const start = transition === 'reschedule' ? { date: '2026-11-27', window: 'sang' } : undefined;
  const outcome = await transitionBooking(env, { booking, transition, actor, now, start });
  expect(outcome.outcome).toBe('done');
}

/** What the mailbox of staff got about bookings, in order, with the event of each attached file. */
function mailbox() {
  return vi
    .mocked(env.STAFF_EMAIL.send)
    .mock.calls.map(([message]) => message)
    .map(({ subject, text = '', attachments = [] }) => {
      const [file] = attachments;
      const content = new TextDecoder().decode(file?.content as Uint8Array);
      const calendar = new ICAL.Component(ICAL.parse(content) as unknown[]);
      const event = calendar.getFirstSubcomponent('vevent');
      return {
        subject,
        text,
        type: file?.type,
        method: calendar.getFirstPropertyValue('method'),
        uid: event?.getFirstPropertyValue('uid'),
        sequence: Number(event?.getFirstPropertyValue('sequence')),
        status: event?.getFirstPropertyValue('status'),
        starts: new ICAL.Event(event ?? undefined).startDate.toJSDate().toISOString(),
      };
    });
}

async function mailedBooking() {
  const booking = await submitBooking();
  await sendDueDeliveries(env, NOW);
  expect(mailbox()).toHaveLength(1);
  return booking;
}

describe('what staff do with a visit that a mail gave out', () => {
  test.each([
    ['decline', 'staff'],
    ['cancel', 'staff'],
    ['cancel', 'company'],
  ] as const)('%s by %s takes it out of the calendar', async (transition, actor) => {
    const { id, code } = await mailedBooking();
    if (transition === 'cancel') await act(id, 'confirm');
    await act(id, transition, { actor });
    await sendDueDeliveries(env, afterUndo);
    const [first, second, ...rest] = mailbox();
    expect(rest).toEqual([]);
    expect(second).toMatchObject({
      uid: first?.uid,
      method: 'CANCEL',
      status: 'CANCELLED',
      type: 'text/calendar; charset=utf-8; method=CANCEL',
    });
    expect(second?.sequence).toBeGreaterThan(first?.sequence ?? 0);
    expect(second?.subject).toMatch(new RegExp(`^Bỏ khỏi lịch: ${code} · `));
    expect(second?.text).not.toMatch(/912|Hoa|Lê Lợi|Khối lượng/);
    expect(second?.text.match(/https?:/g)).toHaveLength(1);
  });

  test('a new window moves it, however often it was changed meanwhile', async () => {
    const { id, code } = await mailedBooking();
    await act(id, 'reschedule');
    await act(id, 'reschedule', { now: later(NOW, { minutes: 5 }) });
    await sendDueDeliveries(env, later(NOW, { minutes: 16 }));
    const [first, second, ...rest] = mailbox();
    expect(rest).toEqual([]);
    expect(second).toMatchObject({
      uid: first?.uid,
      method: 'PUBLISH',
      starts: '2026-11-27T02:30:00.000Z',
      type: 'text/calendar; charset=utf-8; method=PUBLISH',
    });
    expect(second?.sequence).toBeGreaterThan(first?.sequence ?? 0);
    expect(second?.subject).toMatch(new RegExp(`^Dời trong lịch: ${code} · .*27/11/2026`));
    expect(second?.text).not.toMatch(/912|Hoa|Lê Lợi/);
  });

  test('a decline that is undone in time sends nothing', async () => {
    const { id } = await mailedBooking();
    await act(id, 'decline');
    await act(id, 'undoDecline', { now: later(NOW, { minutes: 5 }) });
    await sendDueDeliveries(env, afterUndo);
    expect(mailbox()).toHaveLength(1);
  });

  test('an undone decline loses no mail that had not arrived', async () => {
    const { id, code } = await submitBooking();
    await act(id, 'decline');
    await act(id, 'undoDecline', { now: later(NOW, { minutes: 5 }) });
    await sendDueDeliveries(env, afterUndo);
    const mails = mailbox();
    expect(mails).toHaveLength(1);
    expect(mails[0]?.subject).toContain(`Đã đổi: ${code}`);
    expect(mails[0]?.text).toContain('0912 •');
  });

  test('what was never mailed, since it was held, needs no mail', async () => {
    const { id } = await submitBooking({}, { holdReason: 'links' });
    await act(id, 'release');
    await act(id, 'decline');
    await sendDueDeliveries(env, afterUndo);
    expect(mailbox()).toEqual([]);
  });

  test('an erasure of the data does not keep it in the calendar', async () => {
    const { id } = await mailedBooking();
    await act(id, 'decline');
    await eraseRecord(env, {
      id,
      cause: 'request',
      actor: 'customer',
      now: later(NOW, { minutes: 1 }),
    });
    await sendDueDeliveries(env, afterUndo);
    expect(mailbox().map(({ method }) => method)).toEqual(['PUBLISH', 'CANCEL']);
  });

  test('a confirmation sends nothing', async () => {
    const { id } = await mailedBooking();
    await act(id, 'confirm');
    await sendDueDeliveries(env, afterUndo);
    expect(mailbox()).toHaveLength(1);
  });
});
