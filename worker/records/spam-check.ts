import type { RawFields } from '../../shared/forms/fields.ts';
import { isBlank } from '../../shared/text.ts';
import type { Intent } from '../signing/links.ts';

/** A form sent sooner than this after it was first shown was not filled in by a person, in milliseconds. */
const SWIFT_MS = 2_000;
/** More links than this in the free text look like spam. */
const LINKS_MAX = 2;
/** One link. An address inside its query is part of it: `https://www.google.com/maps?q=https://a.test` is one. */
const LINK = /(?:https?:\/\/|www\.)[^\s,;]+/gi;

/** Why a submission is quarantined until staff look at it, or null. It is stored and answered like any other. */
export function spamReason(
  raw: RawFields,
  freeText: string,
  timing: { intent: Intent | null; now: Date },
): string | null {
  if (!isBlank(raw['website'])) return 'honeypot';
  if ((freeText.match(LINK) ?? []).length > LINKS_MAX) return 'links';
  const { intent, now } = timing;
  return intent !== null && now.getTime() - intent.firstAt.getTime() < SWIFT_MS ? 'swift' : null;
}
