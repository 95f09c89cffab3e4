import { env } from 'cloudflare:workers';
import { afterEach, beforeEach } from 'vitest';
import { bookingRules, crews } from '../../shared/content/catalogue.ts';
import type { Crew } from '../../shared/content/crews.ts';
import { crewDayPath } from '../signing/staff-links.ts';
import { findEpoch } from '../store/link-epochs.ts';
import { NOW } from './fixtures.ts';
import { staffSigning } from './staff.ts';

/** The crews of the company in these tests; the frozen facts have none, as shipped. */
export const madeUpCrews: readonly Crew[] = [
  { id: 'doi-1', name: 'Đội 1' },
  { id: 'doi-2', name: 'Đội 2' },
  { id: 'doi-3', name: 'Đội 3' },
];

/** Lets the company have crews in each test of the file. */
export function useCrews(): void {
  beforeEach(() => setCrews(madeUpCrews));
  afterEach(() => setCrews([]));
}

export function setCrews(now: readonly Crew[]): void {
  (crews as Crew[]).splice(0, crews.length, ...now);
  bookingRules.crews = now.map(({ id }) => id);
}

/** A crew's link to a day as the sheet draws it. */
export async function crewLink(crew: string, date: string, now = NOW): Promise<string> {
  const crewEpoch = await findEpoch(env.DB, `crew:${crew}`);
  return crewDayPath(staffSigning(now, await findEpoch(env.DB, 'staff')), {
    crew,
    crewEpoch,
    date,
  });
}
