/** Rows that one statement inserts at most. */
const ROWS_MAX = 200;
/** Characters that one statement has at most; the platform takes 100,000 bytes. */
const LENGTH_MAX = 45_000;

const INSERT = /^(INSERT INTO "\w+" \([^)]*\) VALUES)\(/;

interface Joined {
  head: string;
  rows: string[];
  length: number;
}

/** Joins neighbouring inserts into the same table: the runtime takes a few large statements, not tens of thousands. */
export function joinInserts(statements: readonly string[]): string[] {
  const joined: Joined[] = [];
  for (const statement of statements) {
    const head = INSERT.exec(statement)?.[1];
    const last = joined.at(-1);
    const row = statement.slice(head?.length ?? 0).replace(/;\s*$/, '');
    if (head !== undefined && head === last?.head && fits(last, row)) {
      last.rows.push(row);
      last.length += row.length;
    } else {
      joined.push({ head: head ?? '', rows: [row], length: row.length });
    }
  }
  return joined.map(({ head, rows }) => head + rows.join(','));
}

function fits({ rows, length }: Joined, row: string): boolean {
  return rows.length < ROWS_MAX && length + row.length < LENGTH_MAX;
}
