import { htmlToText } from '../text.ts';
import { registerWords } from './register-words.ts';

export interface PolicyDrift {
  key: string;
  published: string;
  /** What the register says; null where it no longer knows the key. */
  now: string | null;
}

const MARKED = /<(table|span) data-register="([^"]+)">([^]*?)<\/\1>/g;

/** Every table and period of a frozen policy that says something else than the register does now. */
export function findPolicyDrift(html: string): PolicyDrift[] {
  return Array.from(html.matchAll(MARKED), ([, , key = '', inner = '']) => ({
    key,
    published: htmlToText(inner.replace(/<thead>[^]*?<\/thead>/, '')),
    now: registerWords(key),
  })).filter(({ published, now }) => now === null || squeeze(published) !== squeeze(now));
}

/** A Vietnamese sentence for the owner: what differs, and the command that publishes a new version. */
export function describeDrift(slug: string, version: number, drift: PolicyDrift): string {
  const now = drift.now ?? 'không còn mục này';
  const [published, current] = firstDifference(drift.published, now);
  return (
    `Chính sách "${slug}" bản ${version} ghi "${published}" (${drift.key}), sổ đăng ký nay ghi "${current}". ` +
    `Công bố bản mới: npm run policy -- publish ${slug}`
  );
}

/** The parts of two texts around the place where they begin to differ. */
function firstDifference(one: string, other: string): [string, string] {
  const at = Array.from(one).findIndex((_, index) => one[index] !== other[index]);
  const from = Math.max(0, one.lastIndexOf(' ', at - 20));
  return [one.slice(from, from + 80).trim(), other.slice(from, from + 80).trim()];
}

/** Without white space: taking tags out leaves a space in some places and none in others. */
function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}
