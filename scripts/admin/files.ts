import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { makeEditor } from './config.ts';

/** One file under /admin/ as it is served. */
export interface AdminFile {
  type: string;
  body: string | Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

const OWN = ['index.html', 'start.mjs', 'facts-form.mjs', 'grouped-number.mjs'];
const PACKAGE = 'node_modules/@sveltia/cms';
/** Files of the editor's package that no form here uses. */
const LEFT_OUT = /\.map$|\.txt$|noto-mono|marker-icon/;
/** The editor's Vietnamese words. It imports them as a module, so the JSON is served as one. */
const WORDS = 'sveltia/locales/vi.json';

/** The names of all files under /admin/. */
export function findAdminFiles(root: string): string[] {
  const editor = ['npm', 'npm/assets', 'npm/chunks'].flatMap((folder) =>
    readdirSync(path.join(root, PACKAGE, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !LEFT_OUT.test(entry.name))
      .map(({ name }) => `sveltia/${folder}/${name}`),
  );
  return [...OWN, 'config.json', ...editor, WORDS];
}

/** A file under /admin/ by its name, or null where there is none. */
export async function readAdminFile(root: string, name: string): Promise<AdminFile | null> {
  if (!findAdminFiles(root).includes(name)) return null;
  const type = TYPES[path.extname(name)] ?? 'application/octet-stream';
  if (name === 'config.json') return { type, body: JSON.stringify(await makeEditor(root)) };
  if (OWN.includes(name))
    return { type, body: readFileSync(path.join(root, 'scripts/editor', name)) };
  const body = readFileSync(path.join(root, PACKAGE, name.replace(/^sveltia\//, '')));
  if (name !== WORDS) return { type, body };
  return { type: 'text/javascript', body: `export default ${body.toString('utf8')};\n` };
}
