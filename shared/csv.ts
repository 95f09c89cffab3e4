/** Rows as CSV for a spreadsheet: UTF-8 with its mark, CRLF, every cell quoted, none that would run as a formula. */
export function renderCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((cells) => cells.map(quoteCell).join(',')).join('\r\n')}\r\n`;
}

/** A cell in quotes; text that a spreadsheet would read as a formula begins with an apostrophe. */
export function quoteCell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
