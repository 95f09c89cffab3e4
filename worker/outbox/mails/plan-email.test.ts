import { env } from 'cloudflare:workers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bookingRules } from '../../../shared/content/catalogue';
import { later } from '../../../shared/time';
import { openRecord } from '../../personal-data/read-person';
import { transitionBooking } from '../../records/booking-transition';
import { findDueDates, makeVisits } from '../../records/plan-visits';
import { listDisclosures } from '../../store/disclosures';
import { letOpenDateGo } from '../../store/plan-dates';
import { lockWindow } from '../../store/seats';
import { NOW } from '../../test/fixtures';
import { count, readBooking, readDeliveries, readPlan, submitBooking } from '../../test/records';
import { sendDueDeliveries } from '../sweep';

const LOCKED = '2026-12-03';
const UNDO_OVER = later(NOW, { minutes: 10 });

const { customerEmail } = bookingRules;

beforeEach(() => {
  bookingRules.customerEmail = true;
});
afterEach(() => {
  bookingRules.customerEmail = customerEmail;
});

/** Makes what a plan has to make now, from its first day on. */
async function make(planId: string, now = NOW) {
  const plan = await readPlan(planId);
  const opened = await openRecord(env, plan, now);
  if (opened.state !== 'open') throw new Error(opened.state);
  const asked = { plan, person: opened.person, now };
  await makeVisits(env, asked, await findDueDates(env.DB, plan, now));
}

/** A plan whose visits are made, one day of it without a seat. */
async function arrange(changes: { email?: string | undefined } = {}) {
  const plan = { service: 've-sinh-nha-o', repeat: 'weekly', ...changes };
  const first = await submitBooking(plan);
  await lockWindow(env.DB, { date: LOCKED, window: 'sang' }, NOW);
  const confirm = { transition: 'confirm', actor: 'staff', now: NOW } as const;
  await transitionBooking(env, { booking: await readBooking(first.id), ...confirm });
  const planId = first.planId ?? '';
  await make(planId);
  return planId;
}

async function mailsAt(now: Date, planId: string) {
  vi.mocked(env.CUSTOMER_EMAIL.send).mockClear();
  await sendDueDeliveries(env, now);
  const { code } = await readPlan(planId);
  const sent = vi.mocked(env.CUSTOMER_EMAIL.send).mock.calls.map(([mail]) => mail);
  return (sent as unknown as { to: string; subject: string; text: string }[]).filter(
    ({ subject }) => subject.includes(code),
  );
}

describe('the mail about days of a plan that are left open', () => {
  test('names them with the page on which others are chosen, once the confirm stands', async () => {
    const planId = await arrange();
    const { code } = await readPlan(planId);
    expect(await mailsAt(later(NOW, { minutes: 9 }), planId)).toEqual([]);
    const [mail, ...more] = await mailsAt(UNDO_OVER, planId);
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      to: 'hoa@example.org',
      subject: `Cần chọn giờ khác: ${code} · Thứ Năm, 03/12/2026: chưa xếp được buổi làm`,
    });
    expect(mail?.text).toContain('Thứ Năm, 03/12/2026: khung giờ không nhận thêm đơn');
    expect(mail?.text).toMatch(new RegExp(`/don/${code}/\\?k=[^\\s]+&ngay=${LOCKED}`));
    expect(await listDisclosures(env.DB, planId)).toMatchObject([
      { recipient: 'customer', kind: 'plan.open-dates', fields: ['email'], result: 'delivered' },
    ]);
  });

  test('is written once for the same days, however often they are found', async () => {
    const planId = await arrange();
    await env.DB.batch([
      env.DB.prepare('delete from plan_open_dates'),
      env.DB.prepare(`update plans set next_date = '${LOCKED}'`),
    ]);
    await make(planId);
    expect(await readDeliveries(planId)).toHaveLength(1);
  });

  test('is written anew where the confirm is undone and comes again', async () => {
    const planId = await arrange();
    const first = await env.DB.prepare("select id from bookings where origin <> 'plan'").first(
      'id',
    );
    const again = later(NOW, { minutes: 5 });
    for (const transition of ['undoConfirm', 'confirm'] as const) {
      const booking = await readBooking(String(first));
      await transitionBooking(env, { booking, transition, actor: 'staff', now: again });
    }
    await make(planId, again);
    expect(await mailsAt(later(again, { minutes: 10 }), planId)).toHaveLength(1);
  });

  test('is not sent where nothing is left to choose', async () => {
    const planId = await arrange();
    await letOpenDateGo(env.DB, { planId, rhythmDate: LOCKED }, NOW);
    expect(await mailsAt(UNDO_OVER, planId)).toEqual([]);
    expect(await count('deliveries', "last_result = 'nothing-open'")).toBe(1);
  });

  test('needs an address, and the mails to customers', async () => {
    expect(await readDeliveries(await arrange({ email: undefined }))).toEqual([]);
    bookingRules.customerEmail = false;
    await env.DB.prepare('delete from window_locks').run();
    const other = { phone: '0987 654 321', name: 'Trần Văn Nam' };
    expect(await readDeliveries(await arrange({ email: 'nam@example.org', ...other }))).toEqual([]);
  });
});
