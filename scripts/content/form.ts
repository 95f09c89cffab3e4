import type { GenericSchema } from 'valibot';
import { stringify } from 'yaml';
import { type Shape, formatFacts } from '../editor/facts-form.mjs';
import { loadSchema } from './collections.ts';
import type { Entry } from './entry.ts';
import { factsFiles } from './facts.ts';
import { type Field, describeField } from './field.ts';
import type { ContentFolder } from './folder.ts';
import type { Problem } from './problem.ts';

/** How the editor at /admin/ writes YAML; see docs/decisions/0009-content-in-the-editors-own-form.md. */
const YAML_FORM = {
  indent: 2,
  indentSeq: true,
  lineWidth: 0,
  defaultKeyType: 'PLAIN',
  defaultStringType: 'PLAIN',
  singleQuote: true,
} as const;

/** A file's text beside its canonical form. */
interface Text {
  file: string;
  text: string;
  canonical: string;
}

export function canonicalFactsFiles({ facts }: ContentFolder): Text[] {
  return facts.flatMap(({ file, text, data, syntax }) => {
    const schema = factsFiles[file];
    return schema && !syntax ? [{ file, text, canonical: canonicalFacts(data, schema) }] : [];
  });
}

/** The entries that can be read. Call it only when the facts are right: the schemas refer to them. */
export async function canonicalEntries({ entries }: ContentFolder): Promise<Text[]> {
  const readable = entries.filter(({ hasFront, front }) => hasFront && !front.error);
  return Promise.all(
    readable.map(async (entry) => ({
      file: entry.file,
      text: entry.text,
      canonical: canonicalEntry(entry, await loadSchema(entry.collection)),
    })),
  );
}

/** Files are written the way the editor at /admin/ writes them, so that one change is one changed line. */
export async function checkForm(content: ContentFolder): Promise<Problem[]> {
  return [...(await canonicalEntries(content)), ...canonicalFactsFiles(content)].flatMap(compare);
}

function compare({ file, text, canonical }: Text): Problem[] {
  if (text === canonical) return [];
  const [lines, others] = [text.split('\n'), canonical.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  const line = (at < 0 ? lines.length : at) + 1;
  const marks =
    text !== text.normalize('NFC')
      ? 'Dấu tiếng Việt gõ theo kiểu tách rời (không phải NFC)'
      : 'Cách trình bày chưa theo mẫu chung';
  return [
    { file, line, field: '(cách viết)', message: `${marks}: chạy npm run content -- check --fix.` },
  ];
}

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

/** The order of a file's fields and what is written where nothing was given. */
export function shapeOf(field: Field): Shape | undefined {
  const { item, fields } = field;
  if (item) {
    const items = shapeOf(item);
    return items && { items };
  }
  if (field.kind === 'grouped') return { grouped: true };
  if (fields.length === 0) return undefined;
  return {
    fields: fields.map((field) => {
      const { name, default: fill } = field;
      const shape = shapeOf(field);
      return { name, ...(fill === undefined ? {} : { fill }), ...(shape && { shape }) };
    }),
  };
}

/** Front matter in the schema's order, unknown keys last. A missing boolean becomes false, empty values are left out. */
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
