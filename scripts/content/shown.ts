import * as v from 'valibot';
import { moment } from '../../shared/content/entry-fields.ts';
import type { Entry } from './entry.ts';
import { type FactsFile, findServices } from './folder.ts';

/** From when until when an entry is on the site, as UTC ISO strings that can be compared. */
export interface Shown {
  from: string;
  until: string;
}

const ALWAYS: Shown = { from: '', until: '9999' };
const MomentSchema = moment('');

/** When an entry is on the site, or null for a draft; a moment that cannot be read sets no limit. */
export function findShown(entry: Entry, facts: readonly FactsFile[]): Shown | null {
  const { publishAt, expireAt } = entry.front.data as Record<string, unknown>;
  if (isDraft(entry, facts)) return null;
  return {
    from: readMoment(publishAt) ?? ALWAYS.from,
    until: readMoment(expireAt) ?? ALWAYS.until,
  };
}

/** Whether an entry is kept from the site: by itself, or a service's page by its service in the facts. */
export function isDraft({ collection, slug, front }: Entry, facts: readonly FactsFile[]): boolean {
  if (collection.name !== 'services')
    return (front.data as Record<string, unknown>)['draft'] === true;
  return findServices(facts)?.find(({ id }) => id === slug)?.isDraft ?? false;
}

function readMoment(given: unknown): string | undefined {
  const { success, output } = v.safeParse(MomentSchema, given);
  return success ? output : undefined;
}
