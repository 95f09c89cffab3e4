/** Kinds of messages that the law wants answered. They are sent without consent, and no limit and no cron task keeps them from staff. */
export const legalKinds = ['complaint', 'privacy'] as const;

export function isLegalKind(kind: string): boolean {
  const kinds: readonly string[] = legalKinds;
  return kinds.includes(kind);
}
