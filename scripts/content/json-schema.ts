import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { type Field, describeField } from './field.ts';

/** Metadata that is no JSON Schema. */
const OURS = ['kind', 'singular', 'names'];
const PATTERNS = {
  day: '^\\d{4}-\\d{2}-\\d{2}$',
  moment: '^\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2})?$',
} as const;

/** The JSON Schema of a facts file or a front matter, with Vietnamese words, for the completion in editors' programs. */
export function makeJsonSchema(schema: GenericSchema, title: string): JsonSchema {
  const converted = toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' });
  return { ...refine(converted, describeField(schema)), title };
}

/** Adds what the conversion loses behind a transformation: words and what is required. */
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

/** Choices from the catalogue stay out: a new service would make a committed schema stale. */
function addWords(json: JsonSchema, { title, description, kind }: Field): JsonSchema {
  const words = title === '' ? {} : { title, description };
  if (kind === 'day' || kind === 'moment') {
    return { type: 'string', pattern: PATTERNS[kind], ...words };
  }
  // The conversion copies all metadata.
  const shared = Object.entries(json).filter(([name]) => !OURS.includes(name));
  return { ...(Object.fromEntries(shared) as JsonSchema), ...words };
}
