import type { Counted } from '../../worker/test/wrap-database.ts';

/** What one invocation of the Worker asked of the platform. */
export interface Invocation {
  kind: 'fetch' | 'queue' | 'cron';
  /** Messages that the queue handed over. */
  messages: number;
  d1: Counted;
  /** Calls of KV. */
  get: number;
  put: number;
  delete: number;
  list: number;
  /** Messages sent to the queue. */
  sent: number;
}
