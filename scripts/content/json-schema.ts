import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { type Field, describeField } from './field.ts';

/** Metadata that JSON Schema does not know; the conversion copies all of it. */
const OURS = ['kind', 'singular', 'names'];
const PATTERNS = {
  day: '^\\d{4}-\\d{2}-\\d{2}$',
  moment: '^\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2})?$',
} as const;

/** The JSON Schema of a facts file or a front matter, with Vietnamese words, from which text editors complete. */
export function makeJsonSchema(schema: GenericSchema, title: string): JsonSchema {
  const converted = toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' });
  return { ...refine(converted, describeField(schema)), title };
}

/** Adds what the conversion loses where a schema transforms its input: words, and which fields are required. */
function refine(json: JsonSchema, field: Field): JsonSchema {
  const { item, fields } = field;
  if (item) return addWords({ ...json, items: refine(json.items as JsonSchema, item) }, field);
  if (fields.length === 0) return addWords(json, field);
  const properties = Object.fromEntries(
    fields.map((one) => [one.name, refine(json.properties?.[one.name] as JsonSchema, one)]),
  );
  const required = fields.filter(({ isRequired }) => isRequired).map(({ name }) => name);
  return addWords({ ...json, properties, required }, field);
}

/** Choices from the catalogue are left out: with them each new service would change the committed schemas. */
function addWords(json: JsonSchema, { title, description, kind }: Field): JsonSchema {
  const words = title === '' ? {} : { title, description };
  if (kind === 'day' || kind === 'moment') {
    return { type: 'string', pattern: PATTERNS[kind], ...words };
  }
  const shared = Object.entries(json).filter(([name]) => !OURS.includes(name));
  return { ...(Object.fromEntries(shared) as JsonSchema), ...words };
}
