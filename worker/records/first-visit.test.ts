import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { openRecord } from '../personal-data/read-person.ts';
import { customerPath } from '../signing/links.ts';
import { freshStaffPath } from '../signing/staff-links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { formOf, type PageForm, Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { findBroken, findBrokenRecords } from '../test/invariants.ts';
import { readBooking, readPlan, submitBooking } from '../test/records.ts';
import { staffSigning } from '../test/staff.ts';
import { wrapDatabase } from '../test/wrap-database.ts';
import { transitionBooking } from './booking-transition.ts';
import { changePlan } from './change-plan.ts';
import { followPlan } from './follow-plan.ts';

const HOME = 've-sinh-nha-o';
const THURSDAY = '2026-11-26';
const WEDNESDAY = { date: '2026-12-02', window: 'chieu' };

async function requestPlan() {
  const first = await submitBooking({ service: HOME, repeat: 'weekly', date: THURSDAY });
  return { first, planId: first.planId ?? '' };
}

async function move(
  id: string,
  asked: Pick<Parameters<typeof transitionBooking>[1], 'transition' | 'start'>,
): Promise<void> {
  const request = { ...asked, booking: await readBooking(id), actor: 'staff', now: NOW } as const;
  expect((await transitionBooking(env, request)).outcome).toBe('done');
  const { planId } = await readBooking(id);
  await followPlan(env, planId ?? '', { now: NOW });
}

/** The live visits: day, window and the day that each stands for. */
async function liveVisits(planId: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `select visit_date || ' ' || arrival_window || ' ' || coalesce(rhythm_date, '-') as visit from bookings
     where plan_id = ? and state in ('requested', 'confirmed') order by visit_date`,
  )
    .bind(planId)
    .all<{ visit: string }>();
  return results.map(({ visit }) => visit);
}

const wednesdays = ['12-02', '12-09', '12-16', '12-23', '12-30', '01-06'].map((day) => {
  const date = `${day.startsWith('01') ? 2027 : 2026}-${day}`;
  return `${date} chieu ${date}`;
});

async function findFaults(): Promise<string[]> {
  return [...(await findBroken()), ...(await findBrokenRecords())];
}

async function personOf(record: Parameters<typeof openRecord>[1]) {
  const opened = await openRecord(env, record, NOW);
  if (opened.state !== 'open') throw new Error(opened.state);
  return opened.person;
}

describe('a first visit that is moved before it is confirmed', () => {
  test('gives its plan weekday and window, and so every page, text and further visit', async () => {
    const { first, planId } = await requestPlan();
    await move(first.id, { transition: 'reschedule', start: WEDNESDAY });
    const staff = new Visitor(NOW);
    const words = 'Mỗi tuần một lần, thứ Tư, Chiều';
    const plan = await readPlan(planId);
    const page = await staff.open(await freshStaffPath(staffSigning(), plan));
    expect(page.words).toContain(words);
    const own = await customerPath(readLinkKeys(env.LINK_KEYS), plan);
    expect((await new Visitor(NOW).open(own)).words).toContain(words);
    await move(first.id, { transition: 'confirm' });
    expect(await liveVisits(planId)).toEqual(wednesdays);
    const job = await staff.open(await freshStaffPath(staffSigning(), await readBooking(first.id)));
    expect(job.words).toMatch(
      /đã xác nhận lịch .*, Thứ Tư, .*Lịch định kỳ TS-\w+: Mỗi tuần một lần, thứ Tư/,
    );
    expect(await findFaults()).toEqual([]);
  });

  test('does so where staff take it back from those kept aside into another window, too', async () => {
    const { first, planId } = await requestPlan();
    await move(first.id, { transition: 'setAside' });
    await move(first.id, { transition: 'release', start: WEDNESDAY });
    await move(first.id, { transition: 'confirm' });
    expect(await liveVisits(planId)).toEqual(wednesdays);
  });

  test('does so after an undone confirm, and onto the day of a visit that was skipped', async () => {
    const { first, planId } = await requestPlan();
    await move(first.id, { transition: 'confirm' });
    const skipped = await env.DB.prepare(
      'select id from bookings where plan_id = ? and rhythm_date = ?',
    )
      .bind(planId, '2026-12-03')
      .first<string>('id');
    await move(skipped ?? '', { transition: 'cancel' });
    await move(first.id, { transition: 'undoConfirm' });
    await move(first.id, {
      transition: 'reschedule',
      start: { date: '2026-12-03', window: 'chieu' },
    });
    await move(first.id, { transition: 'confirm' });
    const [visit, next] = await liveVisits(planId);
    expect([visit?.slice(0, 16), next]).toEqual([
      '2026-12-03 chieu',
      '2026-12-10 chieu 2026-12-10',
    ]);
    expect(await findFaults()).toEqual([]);
  });

  test('leaves its plan alone once that has begun', async () => {
    const { first, planId } = await requestPlan();
    await move(first.id, { transition: 'confirm' });
    const [, ...others] = await liveVisits(planId);
    await move(first.id, {
      transition: 'reschedule',
      start: { date: '2026-11-27', window: 'chieu' },
    });
    expect(await liveVisits(planId)).toEqual([`2026-11-27 chieu ${THURSDAY}`, ...others]);
    expect((await readPlan(planId)).anchorDate).toBe(THURSDAY);
  });
});

describe('details of a plan that waits with its first visit', () => {
  /** The page of the first visit with its details open, and its form for contact details. */
  async function openFirst(id: string) {
    const path = await freshStaffPath(staffSigning(), await readBooking(id));
    const staff = new Visitor(NOW);
    await staff.submit(formOf(await staff.open(path), 'open'), { sure: 'yes' });
    const page = await staff.open(path);
    return { staff, forms: (act: string): PageForm => formOf(page, act) };
  }

  test('reach the visit at once where the plan is put right, so an older page of the visit gets 409 and keeps the words', async () => {
    const { first, planId } = await requestPlan();
    const { staff, forms } = await openFirst(first.id);
    const plan = await readPlan(planId);
    const person = { ...(await personOf(plan)), phone: '+84912345679' };
    const change = { action: 'contact', person } as const;
    await changePlan(env, { plan, change, actor: 'customer', now: NOW });
    // Until the visit has followed, it takes no correction that would be lost.
    const early = await staff.submit(forms('correct'), { address: '14 Lê Lợi' });
    expect([early.status, formOf(early, 'correct').values['address']]).toEqual([409, '14 Lê Lợi']);
    await followPlan(env, planId, { now: NOW });
    const old = await staff.submit(forms('correct'), { address: '14 Lê Lợi' });
    expect([old.status, formOf(old, 'correct').values['address']]).toEqual([409, '14 Lê Lợi']);
    for (const record of [await readBooking(first.id), await readPlan(planId)])
      expect(await personOf(record)).toMatchObject({ phone: '+84912345679', address: '12 Lê Lợi' });
    expect(await findFaults()).toEqual([]);
  });

  test('change in visit and plan together or in none: a plan that changed meanwhile refuses both', async () => {
    const { first, planId } = await requestPlan();
    const booking = await readBooking(first.id);
    const DB = wrapDatabase(env.DB, async (call) => {
      const answer = await call();
      await env.DB.prepare('update plans set version = version + 1').run();
      return answer;
    });
    const services = [{ id: HOME, quantity: 90, answers: {} }];
    const correct = { booking, transition: 'correct', actor: 'staff', services, now: NOW } as const;
    expect(await transitionBooking({ ...env, DB }, correct)).toEqual({ outcome: 'stale' });
    expect((await readBooking(first.id)).services).not.toEqual(services);
    expect((await transitionBooking(env, correct)).outcome).toBe('done');
    for (const record of [await readBooking(first.id), await readPlan(planId)])
      expect(record.services).toEqual(services);
    await move(first.id, { transition: 'confirm' });
    expect((await liveVisits(planId)).length).toBeGreaterThan(5);
    expect(await findFaults()).toEqual([]);
  });

  test('keep the services of the plan where the first visit gets one that does not come again', async () => {
    const { first, planId } = await requestPlan();
    const before = (await readPlan(planId)).services;
    const { staff, forms } = await openFirst(first.id);
    const done = await staff.submit(forms('services'), {
      service: 'giat-ghe-sofa',
      'quantity.giat-ghe-sofa': '2',
    });
    expect(done.status).toBe(303);
    expect((await readPlan(planId)).services).toEqual(before);
  });
});

test('a correction of services by a page that is no longer new keeps what was chosen', async () => {
  const { first } = await requestPlan();
  const path = await freshStaffPath(staffSigning(), await readBooking(first.id));
  const staff = new Visitor(NOW);
  await staff.submit(formOf(await staff.open(path), 'open'), { sure: 'yes' });
  const page = await staff.open(path);
  await transitionBooking(env, {
    ...{ booking: await readBooking(first.id), transition: 'confirm', actor: 'staff' },
    now: later(NOW, { minutes: 1 }),
  });
  const quantity = { [`quantity.${HOME}`]: '90' };
  const refused = await staff.submit(formOf(page, 'services'), quantity);
  expect(refused.status).toBe(409);
  expect(formOf(refused, 'services').values[`quantity.${HOME}`]).toBe('90');
});
