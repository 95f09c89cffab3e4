import type { GenericSchema } from 'valibot';
import { stringify } from 'yaml';
import { formatFacts } from '../editor/facts-form.mjs';
import type { Entry } from './entry.ts';
import { entriesOf, shapeOf, unwrap } from './schema-shape.ts';

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
  const head = stringify(orderFront(front.data, schema), null, YAML_FORM).trim();
  const prose = body
    .replace(/\r\n?/g, '\n')
    .replace(/[ \t]+$/gm, (space) => (space === '  ' ? space : ''))
    .trim();
  return `---\n${head}\n---\n${prose === '' ? '' : `\n${prose}\n`}`.normalize('NFC');
}

/** A facts file in its canonical form. */
export function canonicalFacts(data: unknown, schema: GenericSchema): string {
  return formatFacts(data, shapeOf(schema) ?? {});
}

/** Front matter in the schema's order, what is unknown behind; a missing yes or no is "no", what is empty goes. */
function orderFront(data: unknown, schema: GenericSchema): unknown {
  if (typeof data !== 'object' || data === null) return data;
  const given = data as Record<string, unknown>;
  const known = entriesOf(schema);
  const names = [...new Set([...Object.keys(known), ...Object.keys(given)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const field = known[name];
      const value = given[name];
      const isSwitch = field !== undefined && unwrap(field).type === 'boolean';
      if (isEmpty(value)) return isSwitch ? [[name, false]] : [];
      return [[name, value]];
    }),
  );
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  return Array.isArray(value) && value.length === 0;
}
