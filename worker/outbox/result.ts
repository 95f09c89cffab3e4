/**
 * What an attempt came to. `again` is tried by the clock, `down` too, but speaks of the whole channel and ends with its next
 * success; `stop` keeps the channel still until a person resumes it; `dead` tells staff; `superseded` needs nothing any more.
 * `result` is a short word or status for logs and tables, never text of the other side.
 */
export type SendResult = Outcome & {
  /** What a mail showed of the first staff address; absent where nothing was learnt. */
  firstAddress?: 'working' | 'failing';
};

type Outcome =
  | {
      outcome: 'delivered' | 'stop' | 'dead' | 'superseded';
      result: string;
      /** Whether the other side answered no; absent where nothing was sent. */
      answered?: true;
    }
  | {
      outcome: 'again' | 'down';
      result: string;
      /** The earliest moment at which the other side wants to be asked again, or null. */
      notBefore: Date | null;
      /** Whether the other side answered at all; otherwise it may have taken the message. */
      answered: boolean;
    };

/** Time that building a mail or body may take: it asks the database and the key store. */
export const BUILD_TIMEOUT_MS = 15_000;

/** An attempt that ended before anything was sent, or without any answer. */
export function tryAgain(outcome: 'again' | 'down', result: string): SendResult {
  return { outcome, result, notBefore: null, answered: false };
}

/** What an attempt needs before it sends: a text, a person, a mail. Or the result that ends the attempt without them. */
export type Prepared<T> = { ready: true; value: T } | { ready: false; result: SendResult };

/** A delivery whose record does not exist: a person must see it. */
export const recordAbsent = {
  ready: false,
  result: { outcome: 'dead', result: 'record-absent' },
} as const;
