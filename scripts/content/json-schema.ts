import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { isRequired, wordsOf } from './field.ts';
import { entriesOf, itemOf } from './schema-shape.ts';

/** Metadata that is no JSON Schema. */
const OURS = ['kind', 'singular', 'names'];
const PATTERNS = {
  day: '^\\d{4}-\\d{2}-\\d{2}$',
  moment: '^\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2})?$',
} as const;

/** The JSON Schema of a facts file or a front matter, with Vietnamese words, for the completion in editors' programs. */
export function describeSchema(schema: GenericSchema, title: string): JsonSchema {
  const described = toJsonSchema(schema, { errorMode: 'ignore', typeMode: 'input' });
  return { ...refine(described, schema), title };
}

/** Adds what the conversion loses behind a transformation: words, what is required, what may be chosen. */
function refine(json: JsonSchema, schema: GenericSchema): JsonSchema {
  const item = itemOf(schema);
  if (item) return addWords({ ...json, items: refine(json.items as JsonSchema, item) }, schema);
  const fields = Object.entries(entriesOf(schema));
  if (fields.length === 0) return addWords(json, schema);
  const properties = Object.fromEntries(
    fields.map(([name, field]) => [name, refine(json.properties?.[name] as JsonSchema, field)]),
  );
  const required = fields.filter(([, field]) => isRequired(field)).map(([name]) => name);
  return addWords({ ...json, properties, required }, schema);
}

/** Choices from the catalogue stay out: a new service would make a committed schema stale. */
function addWords(json: JsonSchema, schema: GenericSchema): JsonSchema {
  const { title, description, kind } = wordsOf(schema);
  const words = title === '' ? {} : { title, description };
  if (kind === 'day' || kind === 'moment') {
    return { type: 'string', pattern: PATTERNS[kind], ...words };
  }
  // The conversion copies all metadata.
  const shared = Object.entries(json).filter(([name]) => !OURS.includes(name));
  return { ...(Object.fromEntries(shared) as JsonSchema), ...words };
}
