/** "1.000.000 ₫", with a no-break space. */
export function formatVnd(amount: number): string {
  return `${formatCount(amount)}\u00a0₫`;
}

/** "80,5" or "1200": a decimal comma and no mark between thousands, as forms and spreadsheets take a number. */
export function formatDecimal(value: number): string {
  return String(value).replace('.', ',');
}

/** "1.200" or "80,5": a number as people read it. */
export function formatCount(count: number): string {
  const [whole = '', rest] = formatDecimal(count).split(',');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return rest === undefined ? grouped : `${grouped},${rest}`;
}
