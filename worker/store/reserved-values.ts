/**
 * Values in columns that mostly name a row of another kind, and here stand for something else. They are stored, so they stay.
 * Two more are written down where they are used: `deliveries.lease_ends_at` on a due row (`finishDelivery`), and 1 or 0 for yes
 * or no among the counts of `task_runs.result` (`TaskRun`).
 */

/** Name of the row in `channels` that stands for all of them: while it is stopped, nothing is sent. */
export const EVERY_CHANNEL = 'all';

/** Name of the row in `channels` for the first staff address, which may fail while the second one takes the mails. */
export const FIRST_ADDRESS = 'first-address';

/** `deliveries.after_id` of a delivery that waits until a person has looked at it, not for another delivery. */
export const REVIEW = 'review';

/** `deliveries.after_id` of a mail to staff that waits for the list of its hour. When the list is written, its id stands there. */
export const HOUR_LIST = 'hour-list';
