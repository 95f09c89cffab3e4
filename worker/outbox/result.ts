/**
 * How an attempt ended.
 * `again`: try again by the schedule.
 * `down`: the same, and the whole channel is failing; the channel's next success makes the delivery due at once.
 * `stop`: no delivery of the channel is tried until a person resumes it.
 * `dead`: never tried again; staff are notified.
 * `superseded`: there is nothing to send any more.
 * `result` is a short word or an HTTP status for logs and tables, never text of the receiver.
 */
export type SendResult = Outcome & {
  /** Whether the first staff address took the mail; absent where it is not known. */
  firstAddress?: 'working' | 'failing';
};

type Outcome =
  | {
      outcome: 'delivered' | 'stop' | 'dead' | 'superseded';
      result: string;
      /** The receiver answered no. Absent where it took the delivery or nothing was sent. */
      answered?: true;
    }
  | {
      outcome: 'again' | 'down';
      result: string;
      /** The earliest moment at which the receiver wants to be asked again (Retry-After), or null. */
      notBefore: Date | null;
      /** Whether the receiver answered. Without an answer it may have taken the delivery. */
      answered: boolean;
    };

/** An attempt that ended before anything was sent, or without any answer. */
export function tryAgain(outcome: 'again' | 'down', result: string): SendResult {
  return { outcome, result, notBefore: null, answered: false };
}
