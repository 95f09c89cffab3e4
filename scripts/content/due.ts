import type { Entry } from './entry.ts';
import { loadSchema } from './collections.ts';
import * as v from 'valibot';

const MomentsSchema = v.object({
  publishAt: v.optional(v.string()),
  expireAt: v.optional(v.string()),
});

/** Files of the entries whose publishAt or expireAt was within `hours` before now. */
export async function findDue(
  entries: readonly Entry[],
  { now, hours }: { now: Date; hours: number },
): Promise<string[]> {
  const from = new Date(now.getTime() - hours * 3_600_000).toISOString();
  const to = now.toISOString();
  const due = await Promise.all(
    entries.map(async ({ file, front, collection }) => {
      const parsed = v.safeParse(await loadSchema(collection), front.data);
      const moments = v.safeParse(MomentsSchema, parsed.output);
      if (!parsed.success || !moments.success) return [];
      const { publishAt, expireAt } = moments.output;
      return [publishAt, expireAt].some((at) => at !== undefined && at > from && at <= to)
        ? [file]
        : [];
    }),
  );
  return due.flat();
}
