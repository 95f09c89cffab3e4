import * as v from 'valibot';

/** A BLOB column: D1 gives an array of numbers. */
export const blob = v.pipe(
  v.array(v.number()),
  v.transform((bytes) => new Uint8Array(bytes)),
);

/** A time column: UTC ISO 8601 to Date. */
export const instant = v.pipe(
  v.string(),
  v.transform((text) => new Date(text)),
);

/** Rows of a D1 answer checked and typed by their schema; throws when the database and the code disagree. */
export function readRows<S extends v.GenericSchema>(
  schema: S,
  rows: readonly unknown[],
): v.InferOutput<S>[] {
  return rows.map((row) => v.parse(schema, row));
}

/** The first row of a D1 answer, or null. */
export function readRow<S extends v.GenericSchema>(
  schema: S,
  row: unknown,
): v.InferOutput<S> | null {
  return row === null || row === undefined ? null : v.parse(schema, row);
}
