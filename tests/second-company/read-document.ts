/** What docs/another-business.md asks for. */
export interface Steps {
  /** Its blocks of commands, in order, each a list of lines. */
  blocks: string[][];
  /** Files of content/ whose facts are to be written. */
  files: string[];
  /** Keys of wrangler.toml that get another value. */
  keys: string[];
}

export function readSteps(document: string): Steps {
  const blocks = Array.from(document.matchAll(/```sh\n([^]*?)```/g), ([, block = '']) =>
    block.split('\n').filter((line) => line !== ''),
  );
  return {
    blocks,
    files: namesIn(tableOf(document, 'file')),
    keys: namesIn(tableOf(document, 'where')).filter((name) => !name.startsWith('env.')),
  };
}

/** The first cells of the table that begins with a heading. */
function tableOf(document: string, heading: string): string[] {
  const lines = document.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${heading} `));
  const rows = lines.slice(start + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end).map((row) => row.split('|')[1] ?? '');
}

function namesIn(cells: readonly string[]): string[] {
  return cells.flatMap((cell) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, name = '']) => name));
}
