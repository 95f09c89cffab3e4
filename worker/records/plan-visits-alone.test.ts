import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import type { Person } from '../../shared/forms/person.ts';
import { openRecord } from '../personal-data/read-person.ts';
import type { Booking } from '../store/bookings.ts';
import type { Plan } from '../store/plans.ts';
import { NOW } from '../test/fixtures.ts';
import { findBroken, findBrokenRecords } from '../test/invariants.ts';
import { count, readBooking, readPlan, submitBooking } from '../test/records.ts';
import { transitionBooking } from './booking-transition.ts';
import { changePlan } from './change-plan.ts';
import { followPlan } from './follow-plan.ts';
import type { PlanChange } from './plan-decisions.ts';

const HOME = 've-sinh-nha-o';
const ALONE = '2026-12-03';
const sized = (quantity: number) => [{ id: HOME, quantity, answers: {} }];

async function personOf(record: Plan | Booking): Promise<Person> {
  const opened = await openRecord(env, record, NOW);
  if (opened.state !== 'open') throw new Error(opened.state);
  return opened.person;
}

async function visitOf(planId: string, day: string): Promise<Booking> {
  const id = await env.DB.prepare('select id from bookings where plan_id = ? and rhythm_date = ?')
    .bind(planId, day)
    .first<string>('id');
  return readBooking(id ?? '');
}

/** A plan of Thursdays, one visit of which has another size and another address. */
async function planWithOneAlone(): Promise<string> {
  const first = await submitBooking({ service: HOME, quantity: '50', repeat: 'weekly' });
  const booking = await readBooking(first.id);
  const staff = { actor: 'staff', now: NOW } as const;
  await transitionBooking(env, { booking, transition: 'confirm', ...staff });
  const planId = first.planId ?? '';
  await followPlan(env, planId, { now: NOW });
  const visit = await visitOf(planId, ALONE);
  const person = { ...(await personOf(visit)), address: '99 Trần Phú' };
  const correct = { transition: 'correct', services: sized(80), person, ...staff } as const;
  expect((await transitionBooking(env, { booking: visit, ...correct })).outcome).toBe('done');
  return planId;
}

async function change(planId: string, asked: PlanChange): Promise<void> {
  const plan = await readPlan(planId);
  const outcome = await changePlan(env, { plan, change: asked, actor: 'customer', now: NOW });
  expect(outcome).toBe('done');
}

const toFriday = { action: 'rhythm', rhythm: 'weekly', weekday: 'fri', window: 'sang' } as const;

test('a visit put right alone keeps what the plan does not change, and the others keep theirs', async () => {
  const planId = await planWithOneAlone();
  expect(await count('bookings', `plan_id = '${planId}' and quantity = 50`)).toBe(6);
  await change(planId, toFriday);
  await followPlan(env, planId, { now: NOW });
  const moved = await visitOf(planId, '2026-12-04');
  expect(moved).toMatchObject({ services: sized(80), visitDate: '2026-12-04' });
  expect((await personOf(moved)).address).toBe('99 Trần Phú');
  await change(planId, { action: 'services', services: sized(90) });
  await followPlan(env, planId, { now: NOW });
  const sizedAnew = await visitOf(planId, '2026-12-04');
  expect(sizedAnew.services).toEqual(sized(90));
  expect((await personOf(sizedAnew)).address).toBe('99 Trần Phú');
  expect([...(await findBroken()), ...(await findBrokenRecords())]).toEqual([]);
});

test('a change of contact leaves the services of a visit that was put right alone', async () => {
  const planId = await planWithOneAlone();
  const person = { ...(await personOf(await readPlan(planId))), name: 'Trần Văn Nam' };
  await change(planId, { action: 'contact', person });
  await followPlan(env, planId, { now: NOW });
  const visit = await visitOf(planId, ALONE);
  expect(visit.services).toEqual(sized(80));
  expect((await personOf(visit)).name).toBe('Trần Văn Nam');
});

test('two changes that a visit follows at once, after a crash between them, both reach it', async () => {
  const planId = await planWithOneAlone();
  const person = { ...(await personOf(await readPlan(planId))), name: 'Trần Văn Nam' };
  await change(planId, { action: 'contact', person });
  await change(planId, toFriday);
  await followPlan(env, planId, { now: NOW });
  const visit = await visitOf(planId, '2026-12-04');
  expect(visit).toMatchObject({ services: sized(80), visitDate: '2026-12-04' });
  expect((await personOf(visit)).name).toBe('Trần Văn Nam');
});
