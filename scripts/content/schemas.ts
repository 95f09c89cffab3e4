import type { JsonSchema } from '@valibot/to-json-schema';
import { collections, loadSchema } from './collections.ts';
import { factsFiles } from './facts.ts';
import { makeJsonSchema } from './json-schema.ts';

export const SCHEMA_FOLDER = 'content/schemas';

/** The text of every generated schema, by its path from the project's folder. */
export async function renderSchemas(): Promise<Map<string, string>> {
  const facts = Object.entries(factsFiles).map(([file, schema]) => {
    const name = file.replace(/^content\/|\.json$/g, '');
    return [`${SCHEMA_FOLDER}/${name}.json`, makeJsonSchema(schema, file)] as const;
  });
  const prose = await Promise.all(
    collections.map(async (collection) => {
      const { name, folder, file } = collection;
      const title = file ? `${folder}/${file}.mdx` : folder;
      const schema = makeJsonSchema(await loadSchema(collection), title);
      return [`${SCHEMA_FOLDER}/front-matter-${name}.json`, schema] as const;
    }),
  );
  return new Map([...facts, ...prose].map(([path, schema]) => [path, toText(schema)]));
}

function toText(schema: JsonSchema): string {
  return `${JSON.stringify(schema, null, 2)}\n`;
}
