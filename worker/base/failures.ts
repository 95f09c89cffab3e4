/** A setting that a person has to mend: a secret that is missing or malformed, or a key that was taken away too early. */
export class SettingError extends Error {
  override name = 'SettingError';
}

/** Thrown when something took longer than it may. The name is the one that logs carry. */
export class TimeoutError extends Error {
  override name = 'DeadlineError';
}

/** Thrown when a write got no answer and the database could not be asked whether it took place. The cause is what failed. */
export class UncertainError extends Error {
  override name = 'UncertainError';
}

const TIMEOUTS = ['DeadlineError', 'TimeoutError', 'AbortError'];

/**
 * How the runtime words failures of a service, at the start of a message; the first that fits names the failure. `other` is a
 * bug: SQL that D1 does not understand or a value that it refuses ("D1_ERROR: no such table: t: SQLITE_ERROR"), a KV call that
 * KV cannot take. The next attempt fails like this one.
 * D1: https://developers.cloudflare.com/d1/observability/debug-d1/, KV: "KV PUT failed: 429 Too Many Requests", fetch and
 * bindings: "Network connection lost.", "internal error; reference = …", "Service overloaded; retry later."
 */
const WORDINGS = [
  [
    'other',
    /^D1_.*(?:\bSQLITE_(?:ERROR|CONSTRAINT|MISMATCH|RANGE|TOOBIG|MISUSE)\b|Wrong number of parameter bindings)/,
  ],
  ['d1-overload', /^D1_(?:EXEC_)?ERROR: .*(?:overloaded|queued)/],
  ['d1-limit', /^D1_(?:EXEC_)?ERROR: .*(?:exceeded|maximum|SQLITE_FULL)(?!.*object to be reset)/i],
  ['d1-reset', /^D1_(?:EXEC_)?ERROR: .*\breset\b/],
  ['d1-network', /^D1_(?:EXEC_)?ERROR: .*(?:Network connection lost|Cannot resolve D1)/],
  ['d1-other', /^D1_(?:EXEC_)?ERROR: /],
  ['kv-429', /^KV [A-Z_]+ failed: 429\b/],
  ['kv-down', /^KV [A-Z_]+ failed: 5\d\d\b/],
  ['r2', /^(?:get|put|head|list|delete): .*\(\d{5}\)$/],
  ['network', /^(?:Network connection lost|internal error; reference|Service overloaded)/],
] as const;

/** What failed, by a name of a fixed list, as logs carry it. */
export type FailureClass = (typeof WORDINGS)[number][0] | 'timeout' | 'setting';

export function classifyFailure(error: unknown): FailureClass {
  // DOMException ("TimeoutError" of an AbortSignal) is an Error too.
  if (!(error instanceof Error)) return 'other';
  if (error instanceof UncertainError) return classifyFailure(error.cause);
  if (error instanceof SettingError) return 'setting';
  if (TIMEOUTS.includes(error.name)) return 'timeout';
  return WORDINGS.find(([, wording]) => wording.test(error.message))?.[0] ?? 'other';
}

/**
 * Whether an error says that something outside the code failed and may work again: D1, KV, the network, a time limit, or a
 * setting. Everything else is a bug: a TypeError, a row of another shape, SQL that D1 does not understand.
 */
export function isServiceFailure(error: unknown): boolean {
  return classifyFailure(error) !== 'other';
}

/** The failures of D1 after which a write may be sent again at once: https://developers.cloudflare.com/d1/best-practices/retry-queries/. */
const TRANSIENT =
  /Network connection lost|storage caused object to be reset|reset because its code was updated/;

export function isTransient(error: unknown): boolean {
  return error instanceof Error && TRANSIENT.test(error.message);
}
