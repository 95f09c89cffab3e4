import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/** Every way in which a value could lie in a file, one character a byte: UTF-8 in both normal forms, JSON, hex, base64 at each alignment. */
export function encodingsOf(value: string): string[] {
  const bytes = [value.normalize('NFC'), value.normalize('NFD')].map(toByteString);
  const escaped = JSON.stringify(value.normalize('NFC')).replace(/[^\0-~]/g, toUnicodeEscape);
  const hex = bytes.map(toHex);
  return [
    ...bytes,
    escaped.slice(1, -1),
    ...hex,
    ...hex.map((text) => text.toUpperCase()),
    ...bytes.flatMap(base64Cores),
  ];
}

/** The files left behind by a local run that hold one of the values in any encoding. */
export function findLeftovers(values: readonly string[], roots: readonly string[]): string[] {
  const needles = values.flatMap(encodingsOf);
  return roots.flatMap(listFiles).filter((file) => {
    const content = readIfThere(file);
    return needles.some((needle) => content.includes(needle));
  });
}

/** Where a run of the house leaves files: its state, the project's own `.wrangler`, its temporary and log files. */
export function leftoverRoots(state: string, since: number): string[] {
  const temporary = readdirSync(tmpdir())
    .filter((name) => /^(?:miniflare|wrangler|workerd|house|tmp-)/.test(name))
    .map((name) => path.join(tmpdir(), name))
    .filter((entry) => existsSync(entry) && statSync(entry).mtimeMs >= since);
  const logs = ['.config/.wrangler/logs', '.wrangler/logs'].map((at) => path.join(homedir(), at));
  return [state, '.wrangler', ...temporary, ...logs].filter((root) => existsSync(root));
}

function toByteString(text: string): string {
  return String.fromCharCode(...new TextEncoder().encode(text));
}

function toHex(bytes: string): string {
  return Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

function toUnicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The middle of a value's base64 that is the same whatever stands before and after it. */
function base64Cores(bytes: string): string[] {
  return [0, 1, 2].map((shift) => {
    const whole = bytes.slice((3 - shift) % 3);
    return btoa(whole.slice(0, whole.length - (whole.length % 3)));
  });
}

function listFiles(root: string): string[] {
  if (!statSync(root).isDirectory()) return [root];
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

/** A file's bytes as one character each; a temporary file deleted meanwhile holds nothing. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}
