import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later, fromVietnam } from '../../../shared/time';
import { transitionBooking } from '../../records/booking-transition';
import { runScheduled } from '../../scheduled';
import { findMessage } from '../../store/messages';
import { takeConsoleErrors } from '../console-errors';
import { answerDispatch } from '../dispatch';
import { count, readBooking, submitMessage, submitBooking } from '../records';
import { systemMailsSent, runTasks } from '../tasks';

const MONDAY = '2026-11-23';

// Each run of cron runs every task and sends what is due.
vi.setConfig({ testTimeout: 30_000 });

describe('requests that nobody answered', () => {
  test('lapse when their day is over in Vietnam, not a minute before, and give their seats back', async () => {
    answerDispatch();
    const asked = await submitBooking({ date: '2026-11-25' });
    await runTasks('2026-11-25', '23:59');
    expect((await readBooking(asked.id)).state).toBe('requested');
    await runTasks('2026-11-26', '00:01');
    const lapsed = await readBooking(asked.id);
    expect(lapsed).toMatchObject({ state: 'lapsed', version: 3 });
    expect(await count('seats')).toBe(0);
    expect(await count('deliveries', "kind in ('job.cancelled', 'job.erased')")).toBe(2);
    await runTasks('2026-11-26', '00:01');
    expect((await readBooking(asked.id)).version).toBe(3);
  });

  test('lapse across a year and after a gap of days, each once', async () => {
    answerDispatch();
    const asked = [
      await submitBooking({ date: '2026-12-31' }, { now: fromVietnam('2026-12-28', '09:00') }),
      await submitBooking({ date: '2026-12-30' }, { now: fromVietnam('2026-12-28', '09:00') }),
    ];
    await runTasks('2027-01-04', '10:00');
    for (const { id } of asked) expect((await readBooking(id)).state).toBe('lapsed');
    // Thirty days from the end of the day itself, however late cron ran.
    const ends = await Promise.all(asked.map(async ({ id }) => (await readBooking(id)).keyEndsAt));
    expect(ends).toEqual([fromVietnam('2027-01-31', '00:00'), fromVietnam('2027-01-30', '00:00')]);
    expect(await count('events', "type = 'lapse'")).toBe(2);
  });
});

describe('confirmed visits', () => {
  test('are asked about a day after the end of their last window, and done after seven without an answer', async () => {
    answerDispatch();
    const asked = await submitBooking({
      date: '2026-11-25',
      service: 've-sinh-sau-xay-dung',
    });
    await transitionBooking(env, {
      booking: asked,
      transition: 'confirm',
      actor: 'staff',
      now: fromVietnam(MONDAY, '10:00'),
    });
    const questions = () => count('deliveries', "kind = 'results'");
    await runTasks('2026-11-26', '14:00');
    expect(await questions()).toBe(0);
    await runTasks('2026-11-26', '15:00');
    await runTasks('2026-11-26', '16:00');
    expect(await questions()).toBe(1);
    await runTasks('2026-12-02', '14:59');
    expect((await readBooking(asked.id)).state).toBe('confirmed');
    await runTasks('2026-12-02', '15:00');
    await runTasks('2026-12-02', '15:01');
    expect((await readBooking(asked.id)).state).toBe('completed');
    expect(await count('deliveries', "kind = 'job.completed'")).toBe(1);
    expect(await count('events', "type = 'complete'")).toBe(1);
    expect(await count('seats')).toBe(2);
  });
});

describe('declined requests', () => {
  test('keep their seat while staff can undo, and no undo comes after it is free', async () => {
    answerDispatch();
    const asked = await submitBooking({ date: '2026-11-25' });
    const declinedAt = fromVietnam(MONDAY, '10:00');
    await transitionBooking(env, {
      booking: asked,
      transition: 'decline',
      actor: 'staff',
      now: declinedAt,
    });
    await runTasks(MONDAY, '10:09');
    expect(await count('seats')).toBe(1);
    await runTasks(MONDAY, '10:10');
    expect(await count('seats')).toBe(0);
    const undone = await transitionBooking(env, {
      booking: await readBooking(asked.id),
      transition: 'undoDecline',
      actor: 'staff',
      now: later(declinedAt, { ms: 599_999 }),
    });
    expect(undone.outcome).toBe('stale');
    expect((await readBooking(asked.id)).state).toBe('declined');
  });
});

describe('what was put aside', () => {
  test('is mailed to staff within a quarter of an hour, at most four times an hour', async () => {
    for (let minute = 0; minute < 60; minute += 4) {
      const now = later(fromVietnam(MONDAY, '09:00'), { minutes: minute });
      const date = `2026-12-${String(1 + (minute % 5)).padStart(2, '0')}`;
      await submitBooking({ date }, { now: later(now, { ms: -20_000 }), holdReason: 'links' });
      await runScheduled(env, now);
    }
    const mails = systemMailsSent().filter(({ subject }) => subject.startsWith('Để riêng'));
    expect(mails.length).toBe(4);
    expect(await count('seats')).toBe(0);
    expect(await count('deliveries', "channel = 'dispatch'")).toBe(0);
  }, 60_000);

  test('is dropped after seven days, warned of in the digest of the last evening', async () => {
    const held = await submitBooking(
      { date: '2026-12-10' },
      { now: fromVietnam(MONDAY, '12:00'), holdReason: 'links' },
    );
    await runTasks(MONDAY, '12:00');
    for (const date of ['2026-11-28', '2026-11-29']) await runTasks(date, '18:00');
    const [before, last] = systemMailsSent().filter(({ subject }) =>
      subject.startsWith('Tổng kết'),
    );
    expect(before?.text).toContain(`${held.code} · Giặt ghế sofa tại nhà`);
    expect(before?.text).toContain('tự bỏ ngày 30/11/2026');
    expect(last?.text).toContain('NGÀY CUỐI: tự bỏ ngày mai, Thứ Hai, 30/11/2026, 12:00');
    await runTasks('2026-11-30', '11:59');
    expect((await readBooking(held.id)).state).toBe('held');
    await runTasks('2026-11-30', '12:00');
    expect([await count('bookings'), await count('receipts')]).toEqual([0, 0]);
  });
});

describe('a message that was put aside', () => {
  test('is gone after seven days, but one that the law wants answered waits for staff', async () => {
    const held = { now: fromVietnam(MONDAY, '12:00'), holdReason: 'honeypot' };
    const question = { kind: 'question', consent: 'yes', message: 'Có giặt rèm không?' };
    const { id } = await submitMessage(question, held);
    const complaint = await submitMessage({ kind: 'complaint' }, held);
    await runTasks('2026-11-30', '11:59');
    expect((await findMessage(env.DB, id))?.state).toBe('held');
    await runTasks('2026-11-30', '12:00');
    expect(await findMessage(env.DB, id)).toBeNull();
    expect(await env.VAULT.get(id)).toBeNull();
    await runTasks('2026-11-30', '18:00');
    const digest = systemMailsSent().at(-1)?.text ?? '';
    // Due seven working days after Monday the 23rd, and first of all lists.
    const line = `- ${complaint.code} · Khiếu nại · để riêng, hạn 03/12/2026`;
    expect(/^- .*/m.exec(digest)?.[0]).toBe(line);
    expect(await findMessage(env.DB, complaint.id)).toMatchObject({
      state: 'held',
      keyEndsAt: later(held.now, { days: 180 }),
    });
  });
});

describe('hashes that find repeats', () => {
  test('are emptied 48 hours after the request, and old tries cleared', async () => {
    answerDispatch();
    const asked = await submitBooking({ date: '2026-11-30' });
    await env.DB.prepare("insert into tries values ('staff-link', '2026-11-23T02', 3)").run();
    await runTasks('2026-11-25', '08:59');
    expect(await count('repeats', `subject_id = '${asked.id}'`)).toBe(1);
    await runTasks('2026-11-25', '09:00');
    expect(await count('repeats')).toBe(0);
    expect(await count('tries')).toBe(0);
  });
});

describe('a task that fails', () => {
  test('keeps no other from running', async () => {
    await submitBooking(
      { date: '2026-12-10' },
      { now: fromVietnam(MONDAY, '12:00'), holdReason: 'links' },
    );
    const DB = new Proxy(env.DB, {
      get(target, name) {
        if (name === 'prepare') {
          return (sql: string) => {
            if (sql.includes("state = 'declined'"))
              throw new Error('D1_ERROR: Network connection lost.');
            return target.prepare(sql);
          };
        }
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    await runScheduled({ ...env, DB }, fromVietnam(MONDAY, '12:15'));
    expect(takeConsoleErrors().join()).toContain('free-declined');
    expect(systemMailsSent().map(({ subject }) => subject)).toEqual(['Để riêng, chờ xem lại: 1']);
  });
});

describe('a minute that starts late', () => {
  test('signs and leases its deliveries by the true time', async () => {
    answerDispatch();
    await submitBooking({ date: '2026-11-25' }, { now: fromVietnam(MONDAY, '12:00') });
    const late = fromVietnam(MONDAY, '12:07');
    await runScheduled(env, fromVietnam(MONDAY, '12:00'), () => late);
    const [, init] = vi.mocked(globalThis.fetch).mock.calls[0] ?? [];
    const sentAt = Number(new Headers(init?.headers).get('webhook-timestamp')) * 1000;
    expect(new Date(sentAt)).toEqual(late);
  });
});
