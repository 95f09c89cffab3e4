import { env } from 'cloudflare:workers';
import { bookingRules } from '../../../shared/content/catalogue.ts';
import { later, toVietnamDate } from '../../../shared/time.ts';
import { followPlan } from '../../records/follow-plan.ts';
import { findPlan, type Plan } from '../../store/plans.ts';
import { followPlans } from '../../tasks/plans.ts';
import { takeConsoleErrors } from '../console-errors.ts';
import { NOW } from '../fixtures.ts';
import { submitBooking } from '../records.ts';
import { findDisagreements, findUnsafe, readOthers } from './compare.ts';
import { failingEnv } from './faults.ts';
import { follow, type Model, newVisit } from './model.ts';
import { type Deed, drawDeed } from './deeds.ts';
import type { Fault, Step } from './steps.ts';

const FIRST = '2026-11-26';

/** A plan in the database beside its model, and what is wrong so far. */
export class World {
  now = NOW;
  /** People of this run so far; their phone numbers come from its seed. */
  #people = 0;

  private constructor(
    readonly seed: number,
    readonly planId: string,
    readonly model: Model,
  ) {}

  /** Stores the request for a plan of Thursdays. */
  static async begin(seed: number): Promise<World> {
    const fields = { service: 've-sinh-nha-o', quantity: '50', repeat: 'weekly', date: FIRST };
    const first = await submitBooking({ ...fields, phone: phoneOf(seed, 0), name: 'Lê An' });
    const days = { rhythm: 'weekly', anchor: FIRST, window: first.window } as const;
    const counts = { changes: 1, daysChange: 1, contactChange: 1 };
    const terms = { services: 0, name: 'Lê An', ...counts };
    const start = { date: FIRST, window: first.window };
    const visit = newVisit(terms, { start, day: FIRST, now: NOW });
    return new World(seed, first.planId ?? '', {
      plan: {
        ...{ state: 'requested', since: NOW, pausedUntil: null, next: '2026-12-03' },
        ...{ ...days, ...terms, isErased: false, isSettled: true },
      },
      visits: [{ ...visit, isFirst: true, state: 'requested' }],
      ...{ open: new Map(), letGo: new Set(), locks: new Set() },
      ...{ others: new Map(), limits: new Map() },
    });
  }

  nextPhone(): string {
    this.#people += 1;
    return phoneOf(this.seed, this.#people);
  }

  async readPlan(): Promise<Plan> {
    const plan = await findPlan(env.DB, this.planId);
    if (plan === null) throw new Error('no plan');
    return plan;
  }

  /** Plays a step in the database and in the model, and returns where they disagree afterwards. */
  async play({ action, fault, isLate }: Step): Promise<string[]> {
    this.now = later(this.now, { minutes: 1 });
    if (action.do === 'wait') this.now = later(this.now, { days: action.days });
    const deed = drawDeed(this, action);
    if (deed === null) return [];
    const before = await readOthers(this.planId, deed);
    const broken = await this.#carryOut(deed, fault, isLate);
    return [...broken, ...(await this.#settle(deed, { isLate, fault, before }))];
  }

  async #carryOut(deed: Deed, fault: Fault | null, isLate: boolean): Promise<string[]> {
    const failing = fault === null || deed.isDone === undefined ? env : failingEnv(fault);
    const outcome = await deed.run(failing).catch((error: unknown) => brokenOff(fault, error));
    const isDone = outcome === BROKEN ? await deed.isDone?.() : undefined;
    if (isDone === false) return [];
    const expected = deed.expect();
    const said = outcome === BROKEN ? 'done' : outcome;
    if (!isLate && fault !== null && deed.follows) {
      const follower = failing === env ? failingEnv(fault) : failing;
      await followPlan(follower, this.planId, { now: this.now }).catch((error: unknown) =>
        brokenOff(fault, error),
      );
    }
    return said === expected ? [] : [`${deed.name}: expected ${expected}, got ${said}`];
  }

  async #settle(
    deed: Deed,
    { isLate, fault, before }: { isLate: boolean; fault: Fault | null; before: string[] },
  ): Promise<string[]> {
    const unsafe = fault === null ? [] : await findUnsafe(this.planId);
    if (fault !== null) takeConsoleErrors();
    const follows = deed.follows && !isLate;
    if (!follows && fault === null) {
      const after = await readOthers(this.planId, deed);
      if (JSON.stringify(after) !== JSON.stringify(before))
        unsafe.push(`${deed.name}: others changed`);
    }
    if (follows) {
      if (deed.name === 'twice') await Promise.all([this.#follow(), this.#follow(), this.#cron()]);
      await (deed.name === 'wait' ? this.#cron() : this.#follow());
      follow(this.model, this.now);
    }
    return [...unsafe, ...(await findDisagreements(this.planId, this.model))];
  }

  async #follow(): Promise<void> {
    await followPlan(env, this.planId, { now: this.now });
  }

  /** Minutes of cron, as many as there is something to do. */
  async #cron(): Promise<void> {
    for (let minute = 0; minute < 30; minute += 1) {
      const { isUnsettled, nextDate, state, pausedUntil } = await this.readPlan();
      const today = toVietnamDate(this.now);
      const end = toVietnamDate(later(this.now, { days: bookingRules.horizonDays }));
      const isDue = (state === 'active' || state === 'paused') && nextDate <= end;
      const isOver = state === 'paused' && (pausedUntil ?? '') <= today;
      if (!isUnsettled && !isDue && !isOver) return;
      await followPlans(env, this.now);
    }
  }
}

const BROKEN = 'broken off';

/** What a fault may end in: anything else is thrown on. */
function brokenOff(fault: Fault | null, error: unknown): typeof BROKEN {
  const isExpected =
    error instanceof Error &&
    (/Network connection lost|KV PUT failed/.test(error.message) ||
      error.name === 'UncertainError');
  if (fault === null || !isExpected) throw error;
  return BROKEN;
}

function phoneOf(seed: number, person: number): string {
  return `09${String((seed * 1000 + person) % 100_000_000).padStart(8, '0')}`;
}
