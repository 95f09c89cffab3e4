import type { Field, Limits } from '../content/field.ts';
import { PHOTO_FOLDER } from '../content/folder.ts';
import { GROUPED, groupDigits } from '../editor/grouped-number.mjs';

/** One field of a form at /admin/, as Sveltia CMS takes it. */
export interface CmsField extends Control {
  name: string;
  label: string;
  hint?: string;
  required?: boolean;
}

interface Control {
  widget: string;
  [option: string]: unknown;
}

export interface Choice {
  label: string;
  value: string;
}

type Kind = NonNullable<Field['kind']>;

/** Choices that come from the catalogue or a folder, not from the schema. */
export type Choices = Readonly<Partial<Record<Kind, readonly Choice[]>>>;

const byKind: Readonly<Partial<Record<Kind, Control>>> = {
  day: { widget: 'datetime', type: 'date', format: 'YYYY-MM-DD' },
  moment: {
    widget: 'datetime',
    format: 'YYYY-MM-DDTHH:mm',
    input_timezone: 'Asia/Ho_Chi_Minh',
  },
  text: { widget: 'text' },
  photo: {
    widget: 'image',
    choose_url: false,
    media_folder: `/${PHOTO_FOLDER}`,
    public_folder: '',
    accept: 'image/jpeg,image/png,image/webp,image/heic,image/heif',
  },
};

/** The fields of a form, one for each of an object's, in its order. */
export function toFields({ fields }: Field, choices: Choices): CmsField[] {
  return fields.flatMap((field): CmsField[] => {
    const { name, title: label, description: hint, isRequired: required } = field;
    const control = toControl(field, choices);
    if (control === null) return [];
    if (control.widget === 'hidden') return [{ name, label, ...control }];
    const today = required && control.type === 'date' ? { default: '{{now}}' } : {};
    return [{ name, label, hint, required, ...today, ...control }];
  });
}

/** Null where a form cannot show the field; the file then keeps what it has. */
function toControl(field: Field, choices: Choices): Control | null {
  const { kind, type, limits, item } = field;
  const options = kind && choices[kind];
  if (options) return { widget: 'select', options, ...(item ? { multiple: true } : {}) };
  if (kind === 'grouped') return { widget: 'string', pattern: toGroupedPattern(limits) };
  const special = kind && byKind[kind];
  if (special) return special;
  switch (type) {
    case 'string':
      return { widget: 'string', ...toTextRules(limits) };
    case 'number':
      return { widget: 'number', value_type: 'int', ...limits };
    case 'boolean':
      return { widget: 'boolean', required: false, default: false };
    case 'literal':
      return { widget: 'hidden', default: field.constant };
    case 'picklist':
      return { widget: 'select', options: toOptions(field, field) };
    case 'array':
      return item ? toList(field, item, choices) : null;
    case 'strict_object':
      return { widget: 'object', fields: toFields(field, choices), collapsed: 'auto' };
    default:
      return null;
  }
}

function toTextRules({ min, max, pattern }: Limits): Record<string, unknown> {
  return {
    ...(pattern && { pattern }),
    ...(min === undefined ? {} : { minlength: min }),
    ...(max === undefined ? {} : { maxlength: max }),
  };
}

/** What a grouped number has to look like: as many digits as its limits allow, or nothing, which `required` speaks of. */
function toGroupedPattern({ min = 0, max = Number.MAX_SAFE_INTEGER }: Limits): [string, string] {
  const digits = `(?:\\D*\\d){${String(min).length},${String(max).length}}\\D*$`;
  const question = min < 1000 ? '' : ' Có phải còn thiếu số 0 không?';
  const range = `từ ${groupDigits(min)} đến ${groupDigits(max)}`;
  return [
    `^(?:(?!0\\d)(?=${digits})(?:${GROUPED}))?$`,
    `Ghi một số ${range}, ví dụ ${groupDigits(Math.max(min, 1) * 250)}.${question}`,
  ];
}

function toList(field: Field, item: Field, choices: Choices): Control {
  if (item.type === 'picklist')
    return { widget: 'select', multiple: true, options: toOptions(field, item) };
  if (item.type !== 'strict_object') return { widget: 'list', ...field.limits };
  const fields = toFields(item, choices);
  const summary = summaryOf(fields.map(({ name }) => name));
  const { singular, limits } = field;
  const words = singular === undefined ? {} : { label_singular: singular };
  return { widget: 'list', ...words, ...limits, fields, summary, collapsed: 'auto' };
}

const CALLED = ['name', 'label', 'title', 'question', 'alt', 'reason', 'note'];

/** What a folded row shows: the field that names it, or else its first two. */
function summaryOf(names: readonly string[]): string {
  const called = names.find((name) => CALLED.includes(name));
  const shown = called ? [called] : names.slice(0, 2);
  return shown.map((name) => `{{fields.${name}}}`).join(' – ');
}

/** The names are metadata of the field; the choices may be those of its items. */
function toOptions({ names = {} }: Field, { choices }: Field): Choice[] {
  return choices.map((value) => ({ label: names[value] ?? value, value }));
}
