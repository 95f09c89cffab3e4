/** Ends the drill where something does not hold. */
export function check(holds: boolean, words: string): void {
  if (!holds) throw new Error(`Diễn tập không đạt: ${words}`);
}
