import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { apart, floors } from './floors.mjs';

// Own rules: the plugins that hold layers and circles resolve imports by a native resolver and do not read .astro files.

const FRONT_MATTER = /^---\n([^]*?)\n---/;
/** @type {Map<string, string[]>} */
const known = new Map();

/**
 * The files of the project that a file imports, by path from the project's folder.
 * @param {string} file
 * @param {string} root
 */
function importsOf(file, root) {
  const found = known.get(file);
  if (found) return found;
  const text = readFileSync(path.join(root, file), 'utf8');
  const code = file.endsWith('.astro') ? (FRONT_MATTER.exec(text)?.[1] ?? '') : text;
  const imported = ts
    .preProcessFile(code, true, true)
    .importedFiles.flatMap(({ fileName }) => resolve(file, fileName) ?? [])
    .filter((name) => /\.(?:ts|mjs|astro)$/.test(name) && existsSync(path.join(root, name)));
  known.set(file, imported);
  return imported;
}

/**
 * @param {string} file
 * @param {string} specifier
 * @returns {string | undefined}
 */
function resolve(file, specifier) {
  if (!specifier.startsWith('.')) return undefined;
  const [name = ''] = specifier.split('?');
  return path.posix.join(path.posix.dirname(file), name);
}

/** @param {string} file */
function findRoom(file) {
  for (let room = file; ; room = path.posix.dirname(room)) {
    const floor = floors.findIndex((rooms) => rooms.includes(room));
    // A folder at the top is a room for its own files only: each folder in it stands in the list by itself.
    const isTop = room !== file && !room.includes('/');
    if (floor >= 0 && (!isTop || path.posix.dirname(file) === room)) return { room, floor };
    if (room === '.') return undefined;
  }
}

/**
 * Why a file may not import another, or undefined.
 * @param {string} file
 * @param {string} imported
 */
function findFault(file, imported) {
  const [from, to] = [findRoom(file), findRoom(imported)];
  if (!from || !to)
    return `${from ? imported : file} stands on no floor of scripts/lint/floors.mjs.`;
  const split = apart.find((pair) => file.startsWith(pair.from) && imported.startsWith(pair.to));
  if (split) return `${split.from} never imports ${split.to}, not even types.`;
  if (from.room === to.room || to.floor < from.floor) return undefined;
  return `Imports run downward: ${to.room} is ${to.floor === from.floor ? 'beside' : 'above'} ${from.room}.`;
}

/**
 * The way of imports that leads from a file back to itself, or undefined.
 * @param {string} start
 * @param {string} root
 */
function findCircle(start, root) {
  /** @type {Map<string, string>} */
  const cameFrom = new Map();
  const waiting = [start];
  for (const file of waiting) {
    for (const next of importsOf(file, root)) {
      if (next === start) return wayTo(file, cameFrom).concat(start);
      if (cameFrom.has(next)) continue;
      cameFrom.set(next, file);
      waiting.push(next);
    }
  }
  return undefined;
}

/**
 * @param {string} file
 * @param {Map<string, string>} cameFrom
 */
function wayTo(file, cameFrom) {
  const way = [file];
  for (let at = cameFrom.get(file); at !== undefined && !way.includes(at); at = cameFrom.get(at))
    way.unshift(at);
  return way;
}

/**
 * Imports stay on lower floors and lead into no circle; see floors.mjs.
 * @type {import('eslint').Rule.RuleModule}
 */
export const imports = {
  meta: { type: 'problem', messages: { fault: '{{ fault }}' }, schema: [] },
  create(context) {
    const root = context.cwd;
    // A script of a page has a made-up name below that of its page.
    const file = path.relative(root, context.physicalFilename).replaceAll(path.sep, '/');
    /** @param {{ source?: { type: string, value?: unknown } | null }} node */
    const check = (node) => {
      if (node.source?.type !== 'Literal') return;
      const imported = resolve(file, String(node.source.value));
      if (imported === undefined || !/\.(?:ts|mjs|astro)$/.test(imported)) return;
      const fault = findFault(file, imported);
      if (fault)
        context.report({
          node: /** @type {import('eslint').Rule.Node} */ (node.source),
          messageId: 'fault',
          data: { fault },
        });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      'Program:exit'(node) {
        const circle = existsSync(context.filename) ? findCircle(file, root) : undefined;
        if (circle)
          context.report({
            node,
            messageId: 'fault',
            data: { fault: `Imports lead back: ${circle.join(' → ')}` },
          });
      },
    };
  },
};
