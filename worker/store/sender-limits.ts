import { legalKinds } from '../../shared/privacy/legal-kinds.ts';
import { liveMessageStates, liveStates } from '../../shared/states.ts';
import type { SubjectTable } from './events.ts';

/** The table of a record that somebody submits. */
export type SubmittedTable = Exclude<SubjectTable, 'plans'>;

/** Live requests of one phone or e-mail address in a day from which on a further one is quarantined. */
const SENDER_DAILY_LIMIT = 10;

/** States against whose records a repeat is looked for. */
const comparedStates = {
  bookings: liveStates,
  messages: liveMessageStates,
} as const satisfies Record<SubmittedTable, readonly string[]>;

/** How many requests are accepted before further ones are quarantined. */
export interface SenderLimits {
  /** Of one network on one day in Vietnam that are unanswered. */
  network: number;
  /** Of the whole site in an hour that are unanswered. */
  unconfirmed: number;
}

const LEGAL = legalKinds.map((kind) => `'${kind}'`).join(', ');

/** What the limits count, by table: only what came from the web and nobody has answered, and no message that the law wants answered. */
const counted = {
  bookings: {
    among: '',
    unanswered: `('requested', 'held')`,
    seated: `state = 'requested' and origin = 'web' and state_at > json_extract(?3, '$.hourAgo')`,
  },
  messages: {
    among: `and kind not in (${LEGAL})`,
    unanswered: `('open', 'held')`,
    seated: `state = 'open' and kind not in (${LEGAL})`,
  },
} as const satisfies Record<SubmittedTable, object>;

/**
 * The records of a table that are compared, joined to their keys; a condition follows. `cross join` keeps SQLite from walking
 * all live records by the index of states where a hash finds the few in question.
 */
export function compared(table: SubmittedTable): string {
  const states = comparedStates[table].map((state) => `'${state}'`).join(', ');
  return `repeats cross join ${table} on ${table}.id = repeats.subject_id where state in (${states})`;
}

/** SQL that says whether so many rows are there as a limit allows; it reads no more than these. */
function isReached(limit: keyof SenderLimits, rows: string): string {
  const most = `json_extract(?3, '$.limits.${limit}')`;
  return `(select count(*) from (select 1 from ${rows} limit ${most})) >= ${most}`;
}

/** The SQL of the first limit that a new record would pass, null where it passes none. */
export function limitReason(table: SubmittedTable): string {
  const { among, unanswered, seated } = counted[table];
  const ofSender = (hash: 'phone' | 'email') =>
    `(select count(*) from ${compared(table)} ${among}
       and ${hash}_hash in (select value from json_each(?3, '$.${hash}'))
       and repeats.created_at > json_extract(?3, '$.dayAgo')) >= ${SENDER_DAILY_LIMIT}`;
  return `case
    when ${ofSender('phone')} or ${ofSender('email')} then 'phone'
    when ${isReached(
      'network',
      `repeats cross join ${table} on ${table}.id = repeats.subject_id
       where network_hash = json_extract(?3, '$.networkHash') and state in ${unanswered} ${among}`,
    )} then 'network'
    when ${isReached('unconfirmed', `${table} where ${seated} and created_at > json_extract(?3, '$.hourAgo')`)} then 'busy'
  end`;
}
