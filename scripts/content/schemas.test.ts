import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../tools/environment.mjs';
import { collections, loadSchema } from './collections.ts';
import { factsFiles } from './facts.ts';
import { type Field, describeField } from './field.ts';
import { SCHEMA_FOLDER, renderSchemas } from './schemas.ts';

/** Dotted names of the fields that say nothing to the one who fills them. */
function findSilent({ item, fields }: Field, path: string): string[] {
  if (item) return findSilent(item, `${path}[]`);
  return fields.flatMap((field) => {
    const here = `${path}.${field.name}`;
    const isSilent = field.title === '' || field.description === '';
    return [...(isSilent ? [here] : []), ...findSilent(field, here)];
  });
}

describe('content schemas', () => {
  test('say in Vietnamese what each field of the facts is', () => {
    const silent = Object.entries(factsFiles).flatMap(([file, schema]) =>
      findSilent(describeField(schema), file),
    );
    expect(silent).toEqual([]);
  });

  test.each(collections)('say in Vietnamese what each field of $name is', async (collection) => {
    expect(findSilent(describeField(await loadSchema(collection)), collection.name)).toEqual([]);
  });

  test('are what content/schemas holds', async () => {
    const schemas = await renderSchemas();
    const names = [...schemas.keys()].map((file) => path.basename(file));
    expect(readdirSync(path.join(ROOT, SCHEMA_FOLDER)).toSorted()).toEqual(names.toSorted());
    for (const [file, text] of schemas) {
      expect(readFileSync(path.join(ROOT, file), 'utf8'), 'npm run content -- schema').toBe(text);
    }
  });

  test('are what VS Code completes the facts from', () => {
    const text = readFileSync(path.join(ROOT, '.vscode/settings.json'), 'utf8');
    const settings = JSON.parse(text) as {
      'json.schemas': { fileMatch: string[]; url: string }[];
    };
    const wired = settings['json.schemas'].map(({ fileMatch: [file], url }) => [file, url]);
    const wanted = Object.keys(factsFiles).map((file) => [
      `/${file}`,
      `./${SCHEMA_FOLDER}/${path.basename(file)}`,
    ]);
    expect(wired.toSorted()).toEqual(wanted.toSorted());
    expect(settings).toHaveProperty(['astro.content-intellisense'], true);
  });
});
