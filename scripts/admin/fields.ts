import type { GenericSchema } from 'valibot';
import { type FieldWords, isRequired, wordsOf } from '../content/field.ts';
import { entriesOf, itemOf, unwrap } from '../content/schema-shape.ts';
import { rulesOf, sizeOf } from './rules-of.ts';

/** One field of a form at /admin/, in the editor's own terms. */
export interface CmsField extends Control {
  name: string;
  label: string;
  hint?: string;
  required?: boolean;
}

/** One choice of a field: what people read and what is written. */
export interface Choice {
  label: string;
  value: string;
}

/** What can be chosen where the schema alone does not tell. */
export type Choices = Readonly<Partial<Record<NonNullable<FieldWords['kind']>, readonly Choice[]>>>;

/** Where photos are kept, from the project's folder; content names them without the folder. */
export const PHOTO_FOLDER = 'content/photos';

/** The fields of a form, one for each of an object schema's, in its order. */
export function toFields(schema: GenericSchema, choices: Choices): CmsField[] {
  return Object.entries(entriesOf(schema)).flatMap(([name, field]): CmsField[] => {
    const { title, description } = wordsOf(field);
    const control = toControl(field, choices);
    if (control === null) return [];
    if (control.widget === 'hidden') return [{ name, label: title, ...control }];
    const required = isRequired(field);
    const today = required && control.type === 'date' ? { default: '{{now}}' } : {};
    return [{ name, label: title, hint: description, required, ...today, ...control }];
  });
}

/** How a field is filled in; null where a form cannot hold it and the file keeps what it has. */
function toControl(field: GenericSchema, choices: Choices): Control | null {
  const { kind } = wordsOf(field);
  const known = kind === undefined ? undefined : (choices[kind] ?? undefined);
  if (known)
    return { widget: 'select', options: known, ...(itemOf(field) ? { multiple: true } : {}) };
  const special = kind === undefined ? undefined : byKind[kind];
  if (special) return special;
  const inner = mainOf(field);
  switch (inner.type) {
    case 'string':
      return { widget: 'string', ...rulesOf(inner), ...rulesOf(field) };
    case 'number':
      return { widget: 'number', value_type: 'int', ...rulesOf(field) };
    case 'boolean':
      return { widget: 'boolean', required: false, default: false };
    case 'literal':
      return { widget: 'hidden', default: literalOf(inner) };
    case 'picklist':
      return { widget: 'select', options: optionsOf(field, inner) };
    case 'array':
      return toList(field, choices);
    case 'strict_object':
      return { widget: 'object', fields: toFields(inner, choices), collapsed: 'auto' };
    default:
      return null;
  }
}

/** How a field is filled in. */
interface Control {
  widget: string;
  [option: string]: unknown;
}

/** A photo by its bare name: the folder is the site's to know. */
const photo: Control = {
  widget: 'image',
  choose_url: false,
  media_folder: `/${PHOTO_FOLDER}`,
  public_folder: '',
  accept: 'image/jpeg,image/png,image/webp,image/heic,image/heif',
};

const byKind: Readonly<Partial<Record<NonNullable<FieldWords['kind']>, Control>>> = {
  day: { widget: 'datetime', type: 'date', format: 'YYYY-MM-DD' },
  moment: {
    widget: 'datetime',
    format: 'YYYY-MM-DDTHH:mm',
    input_timezone: 'Asia/Ho_Chi_Minh',
  },
  text: { widget: 'text' },
  photo,
};

function toList(field: GenericSchema, choices: Choices): Control {
  const item = itemOf(field);
  const inner = item && mainOf(item);
  if (inner?.type === 'picklist')
    return { widget: 'select', multiple: true, options: optionsOf(field, inner) };
  if (inner?.type !== 'strict_object') return { widget: 'list', ...sizeOf(field) };
  const fields = toFields(inner, choices);
  const summary = summaryOf(fields.map(({ name }) => name));
  const { singular } = wordsOf(field);
  const words = singular === undefined ? {} : { label_singular: singular };
  return { widget: 'list', ...words, ...sizeOf(field), fields, summary, collapsed: 'auto' };
}

/** A folded row shows what people call it, or else its first two fields. */
function summaryOf(names: readonly string[]): string {
  const called = names.find((name) => CALLED.includes(name));
  const shown = called ? [called] : names.slice(0, 2);
  return shown.map((name) => `{{fields.${name}}}`).join(' – ');
}

const CALLED = ['name', 'label', 'title', 'question', 'alt', 'reason', 'note'];

/** The schema that says what a filled field is: the last alternative of a union. */
function mainOf(schema: GenericSchema): GenericSchema {
  const inner = unwrap(schema);
  const { options } = inner as unknown as { options?: GenericSchema[] };
  const last = inner.type === 'union' ? options?.at(-1) : undefined;
  return last ? mainOf(last) : inner;
}

function optionsOf(field: GenericSchema, list: GenericSchema): Choice[] {
  const { names = {} } = wordsOf(field);
  const { options } = list as unknown as { options: string[] };
  return options.map((value) => ({ label: names[value] ?? value, value }));
}

function literalOf(schema: GenericSchema): unknown {
  return (schema as unknown as { literal: unknown }).literal;
}
