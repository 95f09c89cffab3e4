/** A setting that a person has to mend: a secret that is missing or malformed, or a key that was taken away too early. */
export class SettingError extends Error {
  override name = 'SettingError';
}

/** Thrown when something took longer than it may. The name is the one that logs carry. */
export class TimeoutError extends Error {
  override name = 'DeadlineError';
}

const NAMES = ['DeadlineError', 'SettingError', 'TimeoutError', 'AbortError'];

/**
 * How the runtime words failures of a service, at the start of a message.
 * D1: "D1_ERROR: Network connection lost.", see https://developers.cloudflare.com/d1/observability/debug-d1/.
 * KV: "KV GET failed: 500 Internal Server Error"; 429 is its limit of writes, another 4xx a call that it cannot take.
 * fetch and bindings: "Network connection lost.", "internal error; reference = …", "Service overloaded; retry later."
 */
const MESSAGES =
  /^(?:D1_(?:EXEC_)?ERROR: |KV [A-Z_]+ failed: (?:429|5\d\d)\b|Network connection lost|internal error; reference|Service overloaded)/;

/** D1 errors that speak of the statement itself: "D1_ERROR: no such table: t: SQLITE_ERROR". The next attempt fails like this one. */
const STATEMENT =
  /\bSQLITE_(?:ERROR|CONSTRAINT|MISMATCH|RANGE|TOOBIG|MISUSE)\b|Wrong number of parameter bindings/;

/**
 * Whether an error says that something outside the code failed and may work again: D1, KV, the network, a time limit, or a
 * setting. Everything else is a bug: a TypeError, a row of another shape, SQL that D1 does not understand.
 */
export function isServiceFailure(error: unknown): boolean {
  // DOMException ("TimeoutError" of an AbortSignal) is an Error too.
  if (!(error instanceof Error)) return false;
  return (
    NAMES.includes(error.name) || (MESSAGES.test(error.message) && !STATEMENT.test(error.message))
  );
}
