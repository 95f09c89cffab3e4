import ICAL from 'ical.js';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { transitionBooking } from '../records/booking-transition.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { changePlan } from '../records/change-plan.ts';
import { followPlan } from '../records/follow-plan.ts';
import type { PlanChange } from '../records/plan-decisions.ts';
import { customerPath, planFeedPath } from '../signing/links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { readBooking, readPlan, submitBooking } from '../test/records.ts';

const keys = readLinkKeys(env.LINK_KEYS);
const me = new Visitor(NOW);

async function arrange() {
  const first = await submitBooking({ service: 've-sinh-nha-o', repeat: 'weekly' });
  await transitionBooking(env, { booking: first, transition: 'confirm', actor: 'staff', now: NOW });
  const planId = first.planId ?? '';
  await followPlan(env, planId, { now: NOW });
  return { first, planId, feed: await planFeedPath(keys, await readPlan(planId)) };
}

/** The events of a calendar as another implementation reads them, by their UIDs. */
function readEvents(text: string): Map<string, { sequence: number; startsAt: Date }> {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return new Map(
    calendar.getAllSubcomponents('vevent').map((component) => {
      const { uid, sequence, startDate } = new ICAL.Event(component);
      expect(component.getFirstPropertyValue('status')).not.toBe('CANCELLED');
      return [uid, { sequence, startsAt: startDate.toJSDate() }];
    }),
  );
}

/** The live visits of a plan as its calendar must have them. */
async function expected(planId: string) {
  const { results } = await env.DB.prepare(
    `select id from bookings where plan_id = ? and state in ('requested', 'confirmed') order by visit_starts_at`,
  )
    .bind(planId)
    .all<{ id: string }>();
  const host = new URL(env.PUBLIC_ORIGIN).hostname;
  const visits = await Promise.all(results.map(({ id }) => readBooking(id)));
  return new Map(
    visits.map(({ id, version, visitStartsAt }) => [
      `${id}@${host}`,
      { sequence: version, startsAt: visitStartsAt },
    ]),
  );
}

test('has exactly the coming visits after each kind of step, with their own UIDs and a sequence that rises', async () => {
  const { planId, feed } = await arrange();
  const seen = new Map<string, number>();
  const check = async () => {
    const answer = await me.open(feed);
    expect(answer.headers.get('Content-Type')).toBe('text/calendar; charset=utf-8');
    const events = readEvents(answer.text);
    expect(events).toEqual(await expected(planId));
    for (const [uid, { sequence }] of events) {
      expect(sequence).toBeGreaterThanOrEqual(seen.get(uid) ?? 0);
      seen.set(uid, sequence);
    }
    return events.size;
  };
  const visitOf = async (date: string) => {
    const row = await env.DB.prepare('select id from bookings where rhythm_date = ?')
      .bind(date)
      .first<{ id: string }>();
    return readBooking(row?.id ?? '');
  };
  const change = async (asked: PlanChange) => {
    const plan = await readPlan(planId);
    await changePlan(env, { plan, change: asked, actor: 'customer', now: NOW });
    await followPlan(env, planId, { now: NOW });
  };
  const all = await check();
  const skipped = await visitOf('2026-12-03');
  await transitionBooking(env, {
    ...{ booking: skipped, transition: 'cancel', actor: 'customer', now: NOW },
  });
  expect(await check()).toBe(all - 1);
  const moved = await visitOf('2026-12-10');
  const start = { date: '2026-12-11', window: 'chieu' };
  await transitionBooking(env, {
    ...{ booking: moved, transition: 'reschedule', actor: 'customer', start, now: NOW },
  });
  expect(await check()).toBe(all - 1);
  // The moved visit's own file has the same event.
  const own = await me.open((await customerPath(keys, moved)).replace('/?', '/lich.ics?'));
  const { version } = await readBooking(moved.id);
  expect([...readEvents(own.text).values()]).toMatchObject([{ sequence: version }]);
  await change({ action: 'pause', until: '2026-12-15' });
  await check();
  await change({ action: 'resume' });
  await check();
  await change({ action: 'rhythm', rhythm: 'two-weeks', weekday: 'fri', window: 'chieu' });
  await check();
  await change({ action: 'stop' });
  expect(await check()).toBe(0);
});

test('opens by a token of its own, which opens nothing else, and says nothing of a person', async () => {
  const { planId, feed, first } = await arrange();
  const plan = await readPlan(planId);
  const f = feed.split('f=')[1] ?? '';
  const k = (await customerPath(keys, plan)).split('k=')[1] ?? '';
  for (const wrong of ['', 'x', k, k.slice(-22)])
    expect((await me.open(`/don/${plan.code}/lich.ics?f=${wrong}`)).status).toBe(403);
  expect((await me.open(`/don/${first.code}/lich.ics?f=${f}`)).status).toBe(403);
  for (const path of [`/don/${plan.code}/`, `/don/${plan.code}/du-lieu/`, `/don/${first.code}/`])
    expect((await me.open(`${path}?k=${f}`)).status).toBe(403);
  const { text } = await me.open(feed);
  expect(text).not.toMatch(/Nguyễn|0912|Lê Lợi/);
  await eraseRecord(env, { id: planId, cause: 'request', actor: 'customer', now: NOW });
  await followPlan(env, planId, { now: NOW });
  expect(readEvents((await me.open(feed)).text).size).toBe(0);
});
