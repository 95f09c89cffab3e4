/** Key of the booking draft in sessionStorage. */
export const DRAFT_KEY = 'dat-lich';

/** Minutes after which a draft is not offered again. */
export const DRAFT_MINUTES = 30;

/** Fields that a draft never holds: consent has to be given again, and the page itself sends the others. */
const notKept: readonly string[] = ['consent', 'policy', 'intent', 'website'];

/** Field values of a form as they were typed; several of one name have commas between them. */
export type Draft = Readonly<Record<string, string>>;

/** A draft as the text to store, with the time `now` in milliseconds. */
export function packDraft(values: Iterable<[string, string]>, now: number): string {
  const kept: Record<string, string> = {};
  for (const [name, value] of values) {
    if (notKept.includes(name) || value === '') continue;
    kept[name] = kept[name] === undefined ? value : `${kept[name]},${value}`;
  }
  return JSON.stringify({ at: now, values: kept });
}

/** The draft in a stored text; empty where there is none, it cannot be read or it is too old. */
export function unpackDraft(text: string | null, now: number): Draft {
  try {
    const stored: unknown = JSON.parse(text ?? 'null');
    if (!isStored(stored) || now - stored.at > DRAFT_MINUTES * 60_000) return {};
    return stored.values;
  } catch {
    return {};
  }
}

function isStored(value: unknown): value is { at: number; values: Draft } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'at' in value &&
    typeof value.at === 'number' &&
    'values' in value &&
    typeof value.values === 'object' &&
    value.values !== null
  );
}
