/** How long data may be kept, in one unit. */
export type Period = { hours: number } | { days: number } | { months: number };

/** How long one kind of record is kept. */
export interface RetentionRule {
  period: Period;
  /** The event the time counts from, in Vietnamese. */
  since: string;
  /** What is kept, in Vietnamese. */
  what: string;
}
