import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../tools/environment.mjs';
import { floors } from './floors.mjs';
import { imports } from './imports.mjs';
import { packageConfigs } from './packages.mjs';

const eslint = new ESLint({
  cwd: ROOT,
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ['**/*.{ts,mjs}'],
      languageOptions: { parser: tseslint.parser },
      plugins: { imports: { rules: { downward: imports } } },
      rules: { 'imports/downward': 'error' },
    },
    ...packageConfigs,
  ],
});

/** What lint says of a file that holds one import. */
async function lintImport(filePath: string, from: string): Promise<string[]> {
  const [result] = await eslint.lintText(`import x from '${from}';\n`, { filePath });
  return (result?.messages ?? []).map(({ message }) => message);
}

const fileIn = (room: string) => (/\.\w+$/.test(room) ? room : path.posix.join(room, 'made-up.ts'));
const upTo = (from: string, to: string) => `${'../'.repeat(from.split('/').length - 1)}${to}`;

/** A file of a room, and the floor that each room stands on. */
const rooms = floors.flatMap((names, floor) =>
  names.map((name) => ({ name, floor, file: fileIn(name) })),
);

describe('imports run downward', () => {
  test.each(rooms.filter(({ name }) => name !== '.'))(
    '$name imports nothing of its own floor or of the next one',
    async ({ name, floor, file }) => {
      const higher = rooms.filter(
        (room) => room.name !== name && (room.floor === floor || room.floor === floor + 1),
      );
      const faults = await Promise.all(
        higher.map((room) => lintImport(file, upTo(file, room.file))),
      );
      expect(faults).toEqual(
        higher.map((room) => [
          `Imports run downward: ${room.name} is ${room.floor === floor ? 'beside' : 'above'} ${name}.`,
        ]),
      );
    },
  );

  test.each([
    ['worker/booking/made-up.ts', '../store/bookings.ts'],
    ['worker/booking/made-up.ts', '../../shared/time.ts'],
    ['worker/booking/made-up.ts', './routes.ts'],
    ['site/pages/made-up.ts', '../../shared/content/catalogue.ts'],
  ])('%s may import %s', async (from, to) => {
    expect(await lintImport(from, to)).toEqual([]);
  });

  test('the site never imports the Worker, though it stands higher', async () => {
    expect(await lintImport('site/pages/made-up.ts', '../../worker/signing/links.ts')).toEqual([
      'site/ never imports worker/, not even types.',
    ]);
  });

  test('a folder on no floor is named', async () => {
    expect(await lintImport('worker/made-up/file.ts', '../store/bookings.ts')).toEqual([
      'worker/made-up/file.ts stands on no floor of scripts/lint/floors.mjs.',
    ]);
  });
});

test('a script of a page is read as its page is', async () => {
  const code =
    "<script>\n  import x from '../../worker/signing/links.ts';\n  if (x == 1) x();\n</script>\n";
  const [result] = await new ESLint({ cwd: ROOT }).lintText(code, {
    filePath: 'site/pages/made-up.astro',
  });
  expect(result?.messages.map(({ message }) => message)).toEqual([
    'site/ never imports worker/, not even types.',
    "Expected '===' and instead saw '=='.",
  ]);
});

describe('packages', () => {
  test.each([
    ['shared/phone.ts', 'libphonenumber-js/max', true],
    ['shared/phone.ts', 'hono', false],
    ['worker/store/bookings.ts', 'hono', false],
    ['worker/emails/layout.ts', 'hono/html', true],
    ['worker/emails/layout.ts', 'hono', false],
    ['worker/booking/routes.ts', 'hono', true],
  ])('%s imports %s: %s', async (file, name, allowed) => {
    expect((await lintImport(file, name)).length === 0).toBe(allowed);
  });
});
