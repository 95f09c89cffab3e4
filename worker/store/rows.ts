import * as v from 'valibot';

/** A BLOB column: D1 gives an array of numbers. */
export const blob = v.pipe(
  v.array(v.number()),
  v.transform((bytes) => new Uint8Array(bytes)),
);

/** A time column: UTC ISO 8601 text, read as a Date. */
export const instant = v.pipe(
  v.string(),
  v.transform((text) => new Date(text)),
);

/** Rows of a D1 answer, typed by their schema; throws where a row has another shape. */
export function readRows<S extends v.GenericSchema>(
  schema: S,
  rows: readonly unknown[],
): v.InferOutput<S>[] {
  return rows.map((row) => v.parse(schema, row));
}

/** One row of a D1 answer, typed by its schema, or null where there is none. */
export function readRow<S extends v.GenericSchema>(
  schema: S,
  row: unknown,
): v.InferOutput<S> | null {
  return row === null || row === undefined ? null : v.parse(schema, row);
}

/**
 * Values for a statement that reads them by name and not by position: `json` is bound as `?1`, and `at('id')` is the SQL of the
 * value `id`. Dates become UTC ISO texts, true and false 1 and 0. Bytes do not fit into JSON and are bound apart.
 */
export function bindByName<T extends Readonly<Record<string, unknown>>>(values: T) {
  return {
    json: JSON.stringify(values),
    at: (name: keyof T & string) => `json_extract(?1, '$.${name}')`,
  };
}
