/** "1.000.000 ₫": whole đồng as people in Vietnam write them. */
export function formatVnd(amount: number): string {
  return `${formatCount(amount)}\u00a0₫`;
}

/** "1.200" or "80,5": a count with the Vietnamese marks. */
export function formatCount(count: number): string {
  const [whole = '', rest] = String(count).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return rest === undefined ? grouped : `${grouped},${rest}`;
}
