import { storedTables } from '../../shared/privacy/register-storage.ts';

/** Columns by table that hold keyed hashes of personal data: whoever has the keys could try every phone number against them. */
const TRACES = new Map(
  Object.entries(storedTables).flatMap(([table, { columns }]) => {
    const traces = Object.entries(columns).flatMap(([name, kind]) =>
      kind === 'hash' ? name : [],
    );
    return traces.length === 0 ? [] : [[table, traces] as const];
  }),
);

/** Where a row of such a table may begin, however it is written. */
const START = new RegExp(`^\\s*INSERT\\b.{0,20}\\b(${[...TRACES.keys()].join('|')})\\b`, 'gim');
/** The rest of an insert's head as the export writes it, with the columns by name. */
const HEAD = /"? ?\(([^)]*)\) ?VALUES ?\(/iy;
/** One value as the export prints it, line ends by `replace`, and what follows it. */
const VALUE =
  /(X?'[^']*(?:''[^']*)*'|[-+.\w]+|(?:replace\()+'[^']*(?:''[^']*)*'(?:,'\\[nr]',char\(1[03]\)\))+)(,|\);)/iy;

/** A copy's SQL with the traces of its people left empty; throws where a row cannot be read, for then it might keep one. */
export function withoutTraces(sql: string): string {
  const parts: string[] = [];
  let end = 0;
  for (const match of sql.matchAll(START)) {
    if (match.index < end) continue;
    const table = (match[1] ?? '').toLowerCase();
    const row = readRow(sql, match.index + match[0].length);
    if (row === null) throw new Error(`Không đọc được một dòng của bảng ${table}: chưa sao gì.`);
    const traces = TRACES.get(table) ?? [];
    const kept = row.values.map((value, at) =>
      traces.includes(row.columns[at] ?? '') ? 'NULL' : value,
    );
    parts.push(sql.slice(end, row.from), kept.join(','), ');');
    end = row.end;
  }
  return parts.join('') + sql.slice(end);
}

interface Row {
  columns: string[];
  values: string[];
  /** Where the values begin, and where the statement ends. */
  from: number;
  end: number;
}

/** The row whose insert goes on at a place in the text, or null where it is not written as the export writes one. */
function readRow(sql: string, at: number): Row | null {
  HEAD.lastIndex = at;
  const names = HEAD.exec(sql)?.[1];
  if (names === undefined) return null;
  const columns = names.split(',').map((name) => name.replaceAll('"', '').trim());
  const from = HEAD.lastIndex;
  const values = readValues(sql, from);
  return values.length === columns.length ? { columns, values, from, end: VALUE.lastIndex } : null;
}

/** The values from a place on; none where the row does not end as one does. */
function readValues(sql: string, from: number): string[] {
  const values: string[] = [];
  VALUE.lastIndex = from;
  for (;;) {
    const match = VALUE.exec(sql);
    if (match === null) return [];
    values.push(match[1] ?? '');
    if (match[2] === ');') return values;
  }
}
