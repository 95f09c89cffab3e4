import { foldText } from '../../shared/text.ts';

/** The id of a heading by its words. */
export function toId(text: string): string {
  const words = foldText(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return /^[a-z]/.test(words) ? words : `muc-${words}`;
}
