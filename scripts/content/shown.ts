import * as v from 'valibot';
import { moment } from '../../shared/content/entry-fields.ts';
import type { Entry } from './entry.ts';

/** From when until when an entry is on the site, as UTC ISO strings that can be compared. */
export interface Shown {
  from: string;
  until: string;
}

const ALWAYS: Shown = { from: '', until: '9999' };
const MomentSchema = moment('');

/** When an entry is on the site, or null for a draft; a moment that cannot be read sets no limit. */
export function findShown({ front }: Entry): Shown | null {
  const { draft, publishAt, expireAt } = front.data as Record<string, unknown>;
  if (draft === true) return null;
  return {
    from: readMoment(publishAt) ?? ALWAYS.from,
    until: readMoment(expireAt) ?? ALWAYS.until,
  };
}

function readMoment(given: unknown): string | undefined {
  const { success, output } = v.safeParse(MomentSchema, given);
  return success ? output : undefined;
}
