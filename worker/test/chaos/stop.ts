import { env } from 'cloudflare:workers';
import { createApp } from '../../app';
import { fillSql, RESUME_SQL } from '../../store/delivery-commands';
import type { World } from './world';

/** Whether dispatch answered 410 and nobody has opened the channel since. */
export async function isDispatchStopped(): Promise<boolean> {
  const row = await env.DB.prepare(
    `select count(*) as n from channels where name = 'dispatch' and stopped_at is not null`,
  ).first<{ n: number }>();
  return row?.n === 1;
}

/** Whether a mail and the health page say that the channel stands still. */
export async function isStopTold({ mailbox, now }: World): Promise<boolean> {
  const response = await createApp(() => now).request('/api/health', {}, env);
  const { ok } = await response.json<{ ok: boolean }>();
  return !ok && mailbox.taken.some(({ text }) => text.includes('resume dispatch'));
}

/** What `npm run deliveries -- resume dispatch` does. */
export async function resumeDispatch(now: Date): Promise<void> {
  const sql = fillSql(RESUME_SQL, { channel: 'dispatch', now: now.toISOString() });
  await env.DB.batch(sql.split(';\n').map((statement) => env.DB.prepare(statement)));
}
