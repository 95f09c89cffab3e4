/** What can have gone wrong with a visit, in the words that its customer chooses from. */
export const troubles = {
  broken: 'Làm vỡ hoặc hỏng đồ',
  unclean: 'Có chỗ chưa sạch',
  nobody: 'Không ai đến',
  other: 'Chuyện khác',
} as const;

/** The words of what a form named; null where it is none of them. */
export function troubleName(id: string | undefined): string | null {
  const names: Readonly<Record<string, string>> = troubles;
  return id !== undefined && Object.hasOwn(names, id) ? (names[id] ?? null) : null;
}
