import { Buffer } from 'node:buffer';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/** Every way in which a value could lie in a file: UTF-8 in both normal forms, hex, and base64 at each alignment. */
export function encodingsOf(value: string): Buffer[] {
  const texts = [value.normalize('NFC'), value.normalize('NFD')];
  const bytes = texts.map((text) => Buffer.from(text));
  const escaped = texts.map((text) => Buffer.from(JSON.stringify(text).slice(1, -1)));
  const hex = bytes.flatMap((buffer) => [
    Buffer.from(buffer.toString('hex')),
    Buffer.from(buffer.toString('hex').toUpperCase()),
  ]);
  return [...bytes, ...escaped, ...hex, ...bytes.flatMap(base64Cores)];
}

/** The files left behind by a local run that hold one of the values in any encoding. */
export function findLeftovers(values: readonly string[], roots: readonly string[]): string[] {
  const needles = values.flatMap(encodingsOf);
  return roots.flatMap(listFiles).filter((file) => holdsAny(file, needles));
}

/** Where a run of the house leaves files: its state, the project's own `.wrangler`, its temporary and log files. */
export function leftoverRoots(state: string, since: number): string[] {
  const temporary = readdirSync(tmpdir())
    .filter((name) => /^(?:miniflare|wrangler|workerd|house|tmp-)/.test(name))
    .map((name) => path.join(tmpdir(), name))
    .filter((entry) => existsSync(entry) && statSync(entry).mtimeMs >= since);
  const logs = [
    path.join(homedir(), '.config/.wrangler/logs'),
    path.join(homedir(), '.wrangler/logs'),
  ];
  return [state, '.wrangler', ...temporary, ...logs].filter((root) => existsSync(root));
}

/** The middle of a value's base64 that is the same whatever stands before and after it. */
function base64Cores(buffer: Buffer): Buffer[] {
  return [0, 1, 2].map((shift) => {
    const padded = Buffer.concat([Buffer.alloc(shift), buffer])
      .toString('base64')
      .replace(/=+$/, '');
    return Buffer.from(padded.slice(shift === 0 ? 0 : 4, Math.floor((padded.length - 1) / 4) * 4));
  });
}

function listFiles(root: string): string[] {
  if (!statSync(root).isDirectory()) return [root];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function holdsAny(file: string, needles: readonly Buffer[]): boolean {
  try {
    const bytes = readFileSync(file);
    return needles.some((needle) => bytes.includes(needle));
  } catch {
    // A temporary file that was deleted between listing and reading holds nothing.
    return false;
  }
}
