import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { fromVietnam } from '../../shared/time.ts';
import { runScheduled } from '../scheduled.ts';

/** Runs what cron runs in a minute of a day in Vietnam. */
export function runTasks(date: string, time: string): Promise<void> {
  return runScheduled(env, fromVietnam(date, time));
}

interface SentMail {
  to: string;
  subject: string;
  text: string;
}

/** The mails to staff that were sent so far, without those about one new request. */
export function systemMailsSent(): SentMail[] {
  const calls = vi.mocked(env.STAFF_EMAIL.send).mock.calls as unknown as [SentMail][];
  return calls
    .map(([{ to, subject, text }]) => ({ to, subject, text }))
    .filter(({ subject }) => !subject.startsWith('Yêu cầu mới'));
}
