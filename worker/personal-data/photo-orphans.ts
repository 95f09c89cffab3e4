import { listKeyRows } from '../store/key-rows.ts';
import { findRestore } from '../store/restores.ts';
import { findTaskRun, recordTaskRun } from '../store/task-runs.ts';
import { deleteNames, listNames, type NamesPage } from './photo-store.ts';

/** `ran_for` is the name of the last picture that was looked at; empty where the next run begins anew. */
const ORPHANS_TASK = 'photo-orphans';
/** Calls of the bucket's listing in one run; the next run goes on behind them. */
const PAGES_MAX = 5;

/** What one run found and did. */
interface OrphanCounts {
  [count: string]: number;
  photos: number;
  deleted: number;
  /** 1 where pictures are left for the next run, else 0. */
  more: number;
}

/**
 * Deletes the pictures whose record is erased or gone: an upload that an erasure overtook, or an erasure whose second step
 * failed. A picture is only put for a record that is there, so one without a row is never a young one.
 */
export async function deleteOrphans(env: Env, now: Date): Promise<OrphanCounts> {
  const counts = { photos: 0, deleted: 0, more: 0 };
  const [restore, last] = await Promise.all([
    findRestore(env.DB),
    findTaskRun(env.DB, ORPHANS_TASK),
  ]);
  // The rows are older than the pictures until they have followed the keys.
  if (restore?.pending === true) return counts;
  const startedAt = last?.ranFor ?? '';
  let from: string | null = startedAt;
  for (let page = 0; page < PAGES_MAX && from !== null; page += 1) {
    const { names, next }: NamesPage = await listNames(env, from);
    const orphans = await findOrphans(env.DB, names);
    await deleteNames(env, orphans);
    counts.photos += names.length;
    counts.deleted += orphans.length;
    from = next;
  }
  counts.more = from === null ? 0 : 1;
  if (from === null && startedAt === '') return counts;
  const run = { task: ORPHANS_TASK, ranFor: from ?? '', at: now, result: { ...counts } };
  await recordTaskRun(env.DB, run).run();
  return counts;
}

async function findOrphans(db: D1Database, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const ids = [...new Set(names.map(recordOf))];
  const rows = await listKeyRows(db, ids);
  const alive = new Set(rows.filter(({ erasedAt }) => erasedAt === null).map(({ id }) => id));
  return names.filter((name) => !alive.has(recordOf(name)));
}

function recordOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}
