import { env } from 'cloudflare:workers';
import { appAt } from '../requests';
import { failureLines } from '../../outbox/mails/digest-lines';
import { fillSql, RESUME_SQL } from '../../store/delivery-commands';
import type { Simulation } from './simulation';

/** How the mail and the digest ask staff to resume the channel. */
const IN_MAIL = 'resume dispatch';
const IN_DIGEST = 'đã dừng: hỏi rõ vì sao';

/** Whether dispatch answered 410 and nobody has opened the channel since. */
export async function isDispatchStopped(): Promise<boolean> {
  const row = await env.DB.prepare(
    `select count(*) as n from channels where name = 'dispatch' and stopped_at is not null`,
  ).first<{ n: number }>();
  return row?.n === 1;
}

/** Whether health and digest name the stopped channel, and a mail does too where the mail service took it. */
export async function isStopReported({ mailbox, now }: Simulation): Promise<boolean> {
  const response = await appAt(now).request('https://example.com/api/health', {}, env);
  const { ok } = await response.json<{ ok: boolean }>();
  const inMail = mailbox.taken.some(({ text }) => text.includes(IN_MAIL));
  const inDigest = (await failureLines(env, now)).some(({ text }) => text.includes(IN_DIGEST));
  return !ok && inDigest && (inMail || (await isMailRefused()));
}

/** Whether the mail service refused a system mail for good. */
async function isMailRefused(): Promise<boolean> {
  const row = await env.DB.prepare(
    `select count(*) as n from deliveries where subject_kind = 'system' and kind = 'dead' and status = 'dead'`,
  ).first<{ n: number }>();
  return (row?.n ?? 0) > 0;
}

/** What `npm run deliveries -- resume dispatch` does. */
export async function resumeDispatch(now: Date): Promise<void> {
  const sql = fillSql(RESUME_SQL, { channel: 'dispatch', now: now.toISOString() });
  await env.DB.batch(sql.split(';\n').map((statement) => env.DB.prepare(statement)));
}
