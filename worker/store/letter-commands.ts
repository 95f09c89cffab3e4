import { NEW_ID } from './delivery-commands.ts';

// SQL of `npm run letters`; `:slug` and the like are filled in by `fillTexts`.

/** The letters that were sent, with how many arrived, still wait, and will not be sent. */
export const LETTERS_SQL = `
  select slug, title, sent_at,
    (select count(*) from deliveries where dedupe_key glob 'letter:' || slug || ':*' and status = 'delivered') as delivered,
    (select count(*) from deliveries where dedupe_key glob 'letter:' || slug || ':*' and status in ('due', 'sending', 'waiting')) as open,
    (select count(*) from deliveries where dedupe_key glob 'letter:' || slug || ':*' and status in ('dead', 'superseded')) as ended
  from letters order by sent_at`;

/** Who has confirmed and not left. */
const READERS = `state = 'subscribed' and erased_at is null and key_ends_at > :now`;

/** How many confirmed subscribers there are. */
export const SUBSCRIBERS_SQL = `select count(*) as subscribers from subscribers where ${READERS}`;

/** Keeps a letter as it is sent, and puts one delivery a confirmed subscriber into the outbox. A second run adds nothing; where nobody
 * reads it, it is not sent and can be later. */
export const SEND_LETTER_SQL = [
  `insert into letters (slug, title, html, plain, sent_at) select :slug, :title, :html, :plain, :now
   where exists (select 1 from subscribers where ${READERS}) on conflict do nothing`,
  `insert into deliveries (id, subject_kind, subject_id, channel, kind, version, status, attempts, next_attempt_at, dedupe_key, created_at)
   select ${NEW_ID}, 'subscriber', id, 'letter', 'letter.issue', 1, 'due', 0, :now, 'letter:' || :slug || ':' || id, :now
   from subscribers where ${READERS}
     and exists (select 1 from letters where slug = :slug and sent_at = :now)
   on conflict do nothing returning id`,
].join(';\n');

/** Fills named parameters with quoted texts of any content; throws where one is missing. */
export function fillTexts(sql: string, texts: Readonly<Record<string, string>>): string {
  return sql.replace(/:([a-z]+)\b/g, (_, name: string) => {
    const text = texts[name];
    if (text === undefined || text.includes('\0')) throw new Error(`No usable ${name}`);
    return `'${text.replaceAll("'", "''")}'`;
  });
}
