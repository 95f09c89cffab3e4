import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/tools/environment.mjs';
import { listProjectFiles } from '../project-files.ts';
import { makeDatabase } from './sqlite-d1.ts';

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const { scripts, dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Record<string, string>
>;

const texts = [
  ...['README.md', 'CONTRIBUTING.md', 'content/README.md'],
  ...readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
].map((file) => ({ file, text: read(file) }));

/** Commands in the docs: lines of shell blocks, and code within a line. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/```sh\n([^]*?)```/g)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const inline = [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...inline]
    .map((line) => line.replace(/ #.*$/, '').trim())
    .filter((line) => /^(?:npm|npx|node|wrangler) (?!run$)/.test(line));
}

/** The source of a script: its entry, the folder beside it with the same name, and the parts that read its flags. */
function sourceOf(script: string): string {
  const entry = /scripts\/\S+|tests\/\S+/.exec(scripts[script] ?? '')?.[0];
  if (entry === undefined) return '';
  const folder = entry.replace(/\.\w+$/, '');
  const beside = existsSync(path.join(ROOT, folder))
    ? readdirSync(path.join(ROOT, folder)).map((file) => `${folder}/${file}`)
    : [];
  return [
    entry,
    'scripts/database/query-database.ts',
    'scripts/checks/checks.mjs',
    'scripts/tools/dev-server.mjs',
    ...beside,
  ]
    .filter((file) => /\.(?:ts|mjs)$/.test(file))
    .map(read)
    .join('\n');
}

/** What is wrong with a command that the docs name; undefined where nothing is. */
function findFault(command: string): string | undefined {
  const [program = '', ...words] = command.split(/\s+/);
  if (program === 'wrangler') return 'runs only with npx before it';
  if (program === 'node')
    return existsSync(path.join(ROOT, words[0] ?? '')) ? undefined : 'no such file';
  if (program === 'npx') {
    const name = words[0] ?? '';
    return existsSync(path.join(ROOT, 'node_modules/.bin', name)) ? undefined : 'no such program';
  }
  const script = words[0] === 'run' ? (words[1] ?? '') : (words[0] ?? '');
  if (!(script in scripts)) {
    return ['ci', 'audit', 'outdated', 'install', 'sbom'].includes(script)
      ? undefined
      : 'no such script';
  }
  const source = sourceOf(script);
  const given = words.slice(words.indexOf('--') + 1 || words.length);
  const unknown = given.filter(
    (word) => /^(?:--)?[a-z][a-z-]*$/.test(word) && !source.includes(word),
  );
  return unknown.length === 0 ? undefined : `does not know ${unknown.join(', ')}`;
}

// A decision names the commands of its day, which may be gone; the bench names programs that it measures.
const today = texts.filter(({ file }) => !/^docs\/(?:decisions\/|bench\.md)/.test(file));

describe.each(today)('$file', ({ text }) => {
  test('names only commands that there are', () => {
    const faults = commandsOf(text).flatMap((command) => {
      const fault = findFault(command);
      return fault === undefined ? [] : [`${command}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });
});

describe.each(texts)('$file', ({ file, text }) => {
  test('links to files that there are', () => {
    const links = [...text.matchAll(/\]\((?!https?:|#|\/)([^)#\s]+)/g)].map(
      ([, link = '']) => link,
    );
    const from = path.dirname(path.join(ROOT, file));
    expect(links.filter((link) => !existsSync(path.join(from, link)))).toEqual([]);
  });
});

test('a new key stands before the old one wherever the guides name both', () => {
  const pairs = texts.flatMap(({ file, text }) =>
    [...text.matchAll(/"(<old>|<new>|khóa-cũ|khóa-mới) [^"\n]+"/g)].map(([pair]) => [file, pair]),
  );
  expect(pairs.map(([file]) => file)).toEqual(
    expect.arrayContaining(['docs/dispatch.md', 'docs/van-hanh.md', 'docs/su-co-du-lieu.md']),
  );
  expect(
    pairs.filter(([, pair]) => !/^"(?:<new> <old>|khóa-mới khóa-cũ)"$/.test(pair ?? '')),
  ).toEqual([]);
});

test('a command that there is not, and a flag that it does not know, are found', () => {
  const all = texts.flatMap(({ text }) => commandsOf(text));
  expect(all).toContain('npm run deploy -- --dry-run');
  expect(findFault('npm run deploy -- --dry-walk')).toBe('does not know --dry-walk');
  expect(findFault('npm run nothing')).toBe('no such script');
});

test('the queries of the guide on incidents run, and take their times for those of Vietnam', () => {
  const database = makeDatabase();
  const queries = [
    ...read('docs/su-co-du-lieu.md').matchAll(/d1 execute DB --remote --command "([^"]+)"/g),
  ].map(([, sql = '']) => sql);
  database.exec(
    `pragma ignore_check_constraints = on;
     insert into messages (id, code, kind, state, state_at, version, last_event_id, due_on, key_ends_at, created_at, sealed)
     values ('m', 'TS-2345678', 'complaint', 'open', '', 1, '', '', '', '', x'')`,
  );
  const insert = database.prepare(
    `insert into disclosures (id, subject_id, recipient, kind, fields, result, at, first_at)
     values (?, 'm', 'office', 'opened', '[]', 'opened', ?, ?)`,
  );
  // Just before and after the midnight of Vietnam that begins 23 November, and one that was sent again on a later day.
  insert.run('before', '2026-11-22T16:59:00.000Z', null);
  const rows = () => queries.map((sql) => database.prepare(sql).all());
  expect(rows()).toEqual([[expect.objectContaining({ ngay: '2026-11-22' })], []]);
  insert.run('again', '2026-11-24T02:00:00.000Z', '2026-11-22T17:00:00.000Z');
  expect(rows()[1]).toEqual([{ ma: 'TS-2345678' }]);
});

test('the guides name buttons, headings and subjects as pages and mails have them', () => {
  const source = listProjectFiles('site', 'worker', 'shared', 'scripts')
    .filter((file) => /\.(?:ts|astro|mjs|json)$/.test(file) && !file.includes('.test.'))
    .map(read)
    .join('\n')
    .replace(/\s+/g, ' ');
  const named = texts.flatMap(({ text }) =>
    [...text.matchAll(/\*\*"([^"]+)"\*\*/g)].map(([, name = '']) => name),
  );
  const parts = named.flatMap((name) => name.split(/…|: /).map((part) => part.trim()));
  expect(named).toContain('Ghi đã làm xong');
  expect([...new Set(parts)].filter((part) => !source.includes(part))).toEqual([]);
});

test('docs/dependencies.md gives each package its line, and no other', () => {
  const rows = read('docs/dependencies.md').matchAll(/^\| ([^|]+?) +\| ([^|]+) \|$/gm);
  const named = [...rows]
    .flatMap(([, names = '']) => names.split(', '))
    .filter((name) => /^[@a-z]/.test(name) && name !== 'package');
  expect(named.toSorted()).toEqual(
    [...Object.keys(dependencies), ...Object.keys(devDependencies)].toSorted(),
  );
});
