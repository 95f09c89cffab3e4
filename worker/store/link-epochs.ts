import * as v from 'valibot';
import { readRow } from './rows.ts';
import { RESTORED_SQL } from './restores.ts';

/** The links of one crew: to its days, and its calendar. */
type CrewKind = `crew:${string}`;

/** Links that are closed together. Closing those of staff closes all kinds. */
export type LinkKind = 'staff' | 'owner' | 'feed' | CrewKind;

export function crewKind(id: string): CrewKind {
  return `crew:${id}`;
}

/** A crew's calendar is closed with its other links. */
export function feedKind(crew: string | null): LinkKind {
  return crew === null ? 'feed' : crewKind(crew);
}

const EpochSchema = v.object({ epoch: v.number() });

/**
 * The epoch of the kind ?1, in milliseconds since 1970: when its links were last closed, or those of staff, or when the
 * database was last restored, whichever was latest. A copy may have been made before they were closed, and must not bring old links back.
 */
const EPOCH = `max(
  coalesce((select max(epoch) from link_epochs where kind in ('staff', ?1)), 0),
  coalesce((select cast(unixepoch(ran_at, 'subsec') * 1000 as integer) from (${RESTORED_SQL})), 0))`;

/** The statement that reads an epoch, to be batched with what else is read; `epochOf` takes its row. */
export function selectEpoch(db: D1Database, kind: LinkKind): D1PreparedStatement {
  return db.prepare(`select ${EPOCH} as epoch`).bind(kind);
}

export function epochOf(row: unknown): number {
  return readRow(EpochSchema, row)?.epoch ?? 0;
}

export async function findEpoch(db: D1Database, kind: LinkKind): Promise<number> {
  return epochOf(await selectEpoch(db, kind).first());
}

/** The epochs of several kinds, in their order. */
export async function findEpochs(db: D1Database, kinds: readonly LinkKind[]): Promise<number[]> {
  const results = await db.batch(kinds.map((kind) => selectEpoch(db, kind)));
  return results.map((result) => epochOf(result.results[0]));
}

/** Closes all links of a kind that were made so far, and returns the epoch of the next ones. */
export async function raiseEpoch(db: D1Database, kind: LinkKind, now: Date): Promise<number> {
  const row = await db
    .prepare(
      `insert into link_epochs (kind, epoch) values (?1, max(${EPOCH} + 1, ?2))
       on conflict (kind) do update set epoch = excluded.epoch returning epoch`,
    )
    .bind(kind, now.getTime())
    .first();
  return epochOf(row);
}
