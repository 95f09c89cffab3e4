import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { deliverAll } from '../outbox/attempt.ts';
import { fillTexts, SEND_LETTER_SQL } from '../store/letter-commands.ts';
import { NOW } from './fixtures.ts';
import { postForm, send } from './requests.ts';

interface SentMail {
  to: string;
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

/** The mails to customers and subscribers that were sent so far. */
export function mailsSent(): SentMail[] {
  const calls = vi.mocked(env.CUSTOMER_EMAIL.send).mock.calls as unknown as [SentMail][];
  return calls.map(([mail]) => mail);
}

/** Sends what is due now. */
export async function deliverDue(now: Date): Promise<void> {
  const { results } = await env.DB.prepare(
    `select id from deliveries where status = 'due' and next_attempt_at <= ?`,
  )
    .bind(now.toISOString())
    .all<{ id: string }>();
  await deliverAll(
    env,
    results.map(({ id }) => id),
    now,
  );
}

/** The path of the first link of a mail that leads to a page of the letters. */
export function linkIn(mail: SentMail | undefined, page: 'xac-nhan' | 'roi' | 'cua-toi'): string {
  const [, path] = new RegExp(`https://example\\.com(/ban-tin/${page}/[^\\s>]+/)`).exec(
    `${mail?.text}\n`,
  ) ?? ['', ''];
  return path ?? '';
}

/** Signs an address up and confirms it; gives the id of the subscriber and the path of the own page. */
export async function subscribe(email: string, now = NOW): Promise<{ id: string; own: string }> {
  await postForm('/api/letters', { email, consent: 'yes' }, { now });
  await deliverDue(now);
  const path = linkIn(mailsSent().at(-1), 'xac-nhan');
  const answer = await send(path, { method: 'POST' }, { now });
  const [, , , token = ''] = path.split('/');
  return { id: token.split('.')[0] ?? '', own: answer.headers.get('Location') ?? '' };
}

/** Puts a letter into the outbox as `npm run letters -- send` does; gives how many deliveries it has. */
export async function sendLetter(slug: string, now: Date): Promise<number> {
  const texts = { slug, title: 'Tháng Chạp', html: '<p>Chào</p>', plain: 'Chào' };
  const sql = fillTexts(SEND_LETTER_SQL, { ...texts, now: now.toISOString() });
  const answers = await env.DB.batch(sql.split(';\n').map((text) => env.DB.prepare(text)));
  return answers.at(-1)?.results.length ?? 0;
}
