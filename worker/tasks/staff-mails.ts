import { insertSystemMail } from '../store/deliveries.ts';

/** A mail of the house itself that a task of the clock causes, once a subject. */
export interface HouseMailDraft {
  kind: string;
  /** What sets this mail apart from others of its kind: a day, an instant, a record's id. */
  about: string;
  now: Date;
}

/** Drafts a mail of the house itself; its words are found when it is sent. */
export function draftHouseMail(
  db: D1Database,
  { kind, about, now }: HouseMailDraft,
): D1PreparedStatement {
  const subjectId = `${kind}:${about}`;
  return insertSystemMail(db, {
    id: crypto.randomUUID(),
    kind,
    subjectId,
    dedupeKey: subjectId,
    dueAt: now,
    now,
  });
}
