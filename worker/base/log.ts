/** Writes one JSON object a line. Values are ids, counts and route patterns, never a path, a body or personal data. */
export function log(
  event: string,
  fields: Readonly<Record<string, string | number | boolean | null>> = {},
): void {
  console.log(JSON.stringify({ event, ...fields }));
}

/** Writes an error with its name and first stack frame. Never its message, which may quote personal data. */
export function logError(
  event: string,
  error: unknown,
  fields: Readonly<Record<string, string | number | boolean | null>> = {},
): void {
  const name = error instanceof Error ? error.name : typeof error;
  const frame = error instanceof Error ? (/\n\s*(at .*)/.exec(error.stack ?? '')?.[1] ?? '') : '';
  console.error(JSON.stringify({ event, ...fields, name, frame }));
}
