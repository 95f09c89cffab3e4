import type { RawFields } from '../../shared/forms/fields.ts';
import { isBlank } from '../../shared/text.ts';
import type { Intent } from '../signing/links.ts';

/** A form sent sooner than this after it was first shown was not filled in by a person, in milliseconds. */
const SWIFT_MS = 2_000;
/** More links or addresses of sites than this in the free text look like spam. */
const LINKS_MAX = 2;
/** What separates words of which each may be an address. One inside another's query is part of that. */
const BETWEEN = /[\s,;|<>()[\]{}"'“”]+/;
const LINK = /^(?:https?:\/\/|www\.)/i;
/** An address without a scheme that has a path: `a.vn/login`. A mail address is none, nor is a fraction such as `1.5/2`. */
const SITE_WITH_PATH = /^[^\s@/?#:]+\.\p{L}{2,}(?::\d+)?[/?#]/u;
/** An address without a path, by the endings in use: a forgotten space after a full stop looks like others. */
const SITE =
  /^[^\s@/?#:]+\.(?:vn|com|net|org|info|biz|xyz|top|shop|store|online|site|club|app|dev|link|live|pro|asia|icu|vip|win|bet|io|cc|tv|ru|cn|tk|ml|ga|cf|gq)[.!?:…]*$/iu;

/** Why a submission is quarantined by what it says, or null. */
export function textSpamReason(raw: RawFields, freeText: string): 'honeypot' | 'links' | null {
  if (!isBlank(raw['website'])) return 'honeypot';
  return countLinks(freeText) > LINKS_MAX ? 'links' : null;
}

/** Why a submission is quarantined by how it was filled in: without the form, or faster than a person can; or null. */
export function formSpamReason(intent: Intent | null, now: Date): 'intent' | 'swift' | null {
  if (intent === null) return 'intent';
  return now.getTime() - intent.firstAt.getTime() < SWIFT_MS ? 'swift' : null;
}

function countLinks(text: string): number {
  const words = text.normalize('NFKC').split(BETWEEN);
  return words.filter((word) => [LINK, SITE_WITH_PATH, SITE].some((kind) => kind.test(word)))
    .length;
}
