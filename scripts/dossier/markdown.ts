/** The mark of what only the owner can fill in. All of them begin alike, so that they can be counted and found. */
export function ownerFills(what: string): string {
  return `**${OWNER_MARK}: ${what}]**`;
}

export const OWNER_MARK = '[CHỦ CÔNG TY ĐIỀN';

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
