import { type Case, CASES, STEPS } from './cases.ts';
import { middle, type Pass } from './load.ts';

/** The passes of each case, round by round. */
export type Passes = Readonly<Record<Case, readonly Pass[]>>;

/** A middle value with the lowest and the highest one, by which to judge how quiet the machine was. */
interface Spread {
  median: number;
  lowest: number;
  highest: number;
}

function spread(numbers: readonly number[]): Spread {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return {
    median: at(Math.floor(sorted.length / 2)),
    lowest: at(0),
    highest: at(sorted.length - 1),
  };
}

/** One case against another, each pass against the other's of the same round. */
function compare(passes: Passes, pair: [Case, Case], of: (pass: Pass) => number): Spread {
  const [mine, other] = pair.map((name) => passes[name]);
  const ratios = (mine ?? []).map((pass, round) => {
    const rival = other?.[round];
    return rival === undefined ? Number.NaN : of(pass) / of(rival);
  });
  return spread(ratios);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, at) =>
    Math.max(cell.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function measures(passes: Passes): string {
  const rows = (Object.keys(CASES) as Case[]).map((name) => {
    const { perSecond, p50, p99, cpuMs } = middle(passes[name]);
    return [name, perSecond.toFixed(0), String(p50), String(p99), cpuMs.toFixed(1)];
  });
  return table(['case', 'accepted /s', 'p50 ms', 'p99 ms', 'CPU ms'], rows);
}

function ratios(passes: Passes): string {
  const measured: ((pass: Pass) => number)[] = [
    ({ perSecond }) => perSecond,
    ({ p99 }) => p99,
    ({ cpuMs }) => cpuMs,
  ];
  const write = ({ median, lowest, highest }: Spread) =>
    `${median.toFixed(2)} (${lowest.toFixed(2)}–${highest.toFixed(2)})`;
  const rows = STEPS.slice(1).map((name) => [
    name,
    ...measured.map((of) => write(compare(passes, [name, 'bare handler'], of))),
  ]);
  return table(['against the bare handler', 'per second ×', 'p99 ×', 'CPU ×'], rows);
}

/** The tables of one host as docs/bench.md holds them. */
export function renderReport(title: string, passes: Passes): string {
  const refused = Object.values(passes)
    .flat()
    .reduce((sum, pass) => sum + pass.refused, 0);
  const warning = refused === 0 ? [] : [`**${refused} requests were refused: not a valid run.**`];
  return [`### ${title}`, measures(passes), ratios(passes), ...warning].join('\n\n');
}
