import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second of /proc times on Linux. */
const TICKS = 100;

interface Stat {
  parent: number;
  group: number;
  ticks: number;
}

function readStat(pid: string): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const at = (index: number) => fields[index] ?? 0;
    return { parent: at(1), group: at(2), ticks: at(11) + at(12) };
  } catch {
    return null;
  }
}

/** Milliseconds of CPU that the children of a process and theirs have used so far; the process itself is not counted. */
export function readCpuMs(root: number): number {
  const stats = new Map<number, Stat>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const stat = readStat(pid);
    if (stat !== null) stats.set(Number(pid), stat);
  }
  const isBelow = (pid: number): boolean => {
    const parent = stats.get(pid)?.parent ?? 0;
    return parent === root || (parent > 1 && isBelow(parent));
  };
  const ticks = [...stats].reduce((sum, [pid, stat]) => sum + (isBelow(pid) ? stat.ticks : 0), 0);
  return (ticks * 1000) / TICKS;
}
