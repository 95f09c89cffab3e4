/** A place that only the owner can fill in; every one carries the same mark, so that they can be counted and found. */
export function ownerFills(what: string): string {
  return `**${OWNER_MARK}: ${what}]**`;
}

/** What stands before everything that only the owner can fill in. */
export const OWNER_MARK = '[CHỦ CÔNG TY ĐIỀN';

/** A fact, or the mark for the owner where it is empty or still a placeholder. */
export function factOr(fact: string | undefined, what: string): string {
  const isOpen = fact === undefined || fact === '' || /\.invalid\b/.test(fact);
  return isOpen ? ownerFills(what) : fact;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A Markdown list. */
export function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
