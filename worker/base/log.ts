import { AsyncLocalStorage } from 'node:async_hooks';
import { classifyFailure, type FailureClass } from './failures.ts';

type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** A failure as it is reported where nothing may be written to the console. */
export interface Failure {
  event: string;
  class: FailureClass;
}

/** Where failures go instead of the console, for the work under way. */
const reporters = new AsyncLocalStorage<(failure: Failure) => void>();

/** Runs work that writes nothing to the console: failures are reported, everything else is dropped. */
export function withoutConsole<T>(report: (failure: Failure) => void, work: () => T): T {
  return reporters.run(report, work);
}

/** Writes one JSON object a line. Values are ids, counts and route patterns, never a path, a body or personal data. */
export function log(event: string, fields: Fields = {}): void {
  if (reporters.getStore() === undefined) console.log(JSON.stringify({ event, ...fields }));
}

/** Writes an error with its class, name and first stack frame. Never its message, which may quote personal data. */
export function logError(event: string, error: unknown, fields: Fields = {}): void {
  const failure: Failure = { event, class: classifyFailure(error) };
  const report = reporters.getStore();
  if (report !== undefined) return report(failure);
  const name = error instanceof Error ? error.name : typeof error;
  const frame = error instanceof Error ? (/\n\s*(at .*)/.exec(error.stack ?? '')?.[1] ?? '') : '';
  console.error(JSON.stringify({ ...failure, ...fields, name, frame }));
}
