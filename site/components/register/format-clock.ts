/** "7 ngày làm việc" or "20 ngày": a legal clock in the unit it is counted in. */
export function formatClock(clock: { workingDays: number } | { days: number }): string {
  return 'workingDays' in clock ? `${clock.workingDays} ngày làm việc` : `${clock.days} ngày`;
}
