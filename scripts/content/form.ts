import type { GenericSchema } from 'valibot';
import { stringify } from 'yaml';
import { type Shape, formatFacts } from '../editor/facts-form.mjs';
import type { Entry } from './entry.ts';
import { type Field, describeField } from './field.ts';

/** How the editor at /admin/ writes YAML; see docs/decisions/0009-content-in-the-editors-own-form.md. */
const YAML_FORM = {
  indent: 2,
  indentSeq: true,
  lineWidth: 0,
  defaultKeyType: 'PLAIN',
  defaultStringType: 'PLAIN',
  singleQuote: true,
} as const;

/** An entry in its canonical form: keys in the schema's order, plain words, no empty optional field, NFC. */
export function canonicalEntry({ front, body }: Entry, schema: GenericSchema): string {
  const ordered = orderFront(front.data, describeField(schema));
  const head = stringify(ordered, null, YAML_FORM).trim();
  const prose = body
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, (space) => (space === '  ' ? space : ''))
    .trim();
  return `---\n${head}\n---\n${prose === '' ? '' : `\n${prose}\n`}`.normalize('NFC');
}

/** A facts file in its canonical form. */
export function canonicalFacts(data: unknown, schema: GenericSchema): string {
  return formatFacts(data, shapeOf(describeField(schema)) ?? {});
}

/** The order of a file's fields and what stands where nothing was given. */
export function shapeOf({ item, fields }: Field): Shape | undefined {
  if (item) {
    const items = shapeOf(item);
    return items && { items };
  }
  if (fields.length === 0) return undefined;
  return {
    fields: fields.map((field) => {
      const { name, default: fill } = field;
      const shape = shapeOf(field);
      return { name, ...(fill === undefined ? {} : { fill }), ...(shape && { shape }) };
    }),
  };
}

/** Front matter in the schema's order, what is unknown behind; a missing yes or no is "no", what is empty goes. */
function orderFront(data: unknown, { fields }: Field): unknown {
  if (typeof data !== 'object' || data === null) return data;
  const given = data as Record<string, unknown>;
  const switches = fields.filter(({ type }) => type === 'boolean').map(({ name }) => name);
  const names = [...new Set([...fields.map(({ name }) => name), ...Object.keys(given)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = given[name];
      if (!isEmpty(value)) return [[name, value]];
      return switches.includes(name) ? [[name, false]] : [];
    }),
  );
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}
