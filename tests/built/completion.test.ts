import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { collections } from '../../scripts/content/collections.ts';

interface Described {
  properties: Record<string, unknown>;
  required: string[];
}

const read = (file: string) => JSON.parse(readFileSync(path.resolve(file), 'utf8')) as Described;

test.each(collections)(
  'Astro hands the description of $name to programs that complete front matter',
  ({ name }) => {
    const { properties, required } = read(`.astro/collections/${name}.schema.json`);
    const wanted = read(`content/schemas/front-matter-${name}.json`);
    expect({ properties, required }).toEqual({
      properties: wanted.properties,
      required: wanted.required,
    });
  },
);
