/**
 * What a column says of a person: `sealed` holds their details under a key, `hash` is a keyed hash of them, `bucket` one that some
 * ten thousand phone numbers share, `link` is a secret or id that leads to their record, `plain` says nothing of anyone.
 */
type ColumnKind = 'sealed' | 'hash' | 'bucket' | 'link' | 'plain';

/** A table of the database. */
export interface TableEntry {
  /** What it is for, in Vietnamese. */
  what: string;
  columns: Readonly<Record<string, ColumnKind>>;
  /**
   * What stays when a record's person is erased, in words of `retention.emptied.what`: one text for a table whose rows stay whole,
   * or one for each column, null where the erasure empties it. Null where the rows go with the person or hang on none.
   */
  afterErasure: string | Readonly<Record<string, string | null>> | null;
}

/** Columns of kind `plain`, by name. */
export function plain<Name extends string>(...names: readonly Name[]): Record<Name, 'plain'> {
  return Object.fromEntries(names.map((name) => [name, 'plain'])) as Record<Name, 'plain'>;
}
