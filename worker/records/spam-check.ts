import type { RawFields } from '../../shared/forms/fields.ts';
import type { Intent } from '../signing/links.ts';

/** Milliseconds between the first view of a form and its sending below which no person wrote it. */
const SWIFT_MS = 2_000;
/** Links in free text beyond which a person looks at it first. */
const LINKS_MAX = 2;
/** One link, with the address that may be inside it. */
const LINK = /(?:https?:\/\/|www\.)[^\s,;]+/gi;

/** Why a submission waits for a person, or null: a filled honeypot, links in the text, or sent too swiftly. Nothing is refused. */
export function spamReason(
  raw: RawFields,
  freeText: string,
  timing: { intent: Intent | null; now: Date },
): string | null {
  if ((raw['website'] ?? '') !== '') return 'honeypot';
  if ((freeText.match(LINK) ?? []).length > LINKS_MAX) return 'links';
  const { intent, now } = timing;
  return intent !== null && now.getTime() - intent.firstAt.getTime() < SWIFT_MS ? 'swift' : null;
}
