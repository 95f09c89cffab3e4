import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { findCollection } from '../content/entry.ts';
import { factsFiles } from '../content/facts.ts';
import { readContentFolder } from '../content/folder.ts';
import { ROOT } from '../tools/environment.mjs';
import { factsLabels, makeEditor } from './config.ts';
import { formatFacts } from '../editor/facts-form.mjs';
import type { CmsField } from './fields.ts';

interface Form {
  name: string;
  folder?: string;
  extension?: string;
  fields?: CmsField[];
  files?: { name: string; file: string; fields: CmsField[] }[];
}

const { entries, facts } = readContentFolder(ROOT);
let forms: Form[];
let formats: Awaited<ReturnType<typeof makeEditor>>['formats'];

beforeAll(async () => {
  const editor = await makeEditor(ROOT);
  forms = editor.config['collections'] as Form[];
  formats = editor.formats;
});

/** Every field of a form and of the forms within it. */
function allFields(fields: readonly CmsField[]): CmsField[] {
  return fields.flatMap((field) => [field, ...allFields((field['fields'] ?? []) as CmsField[])]);
}

/** The form that opens a file. */
function fieldsOf(file: string): CmsField[] {
  const { name, folder } = findCollection(file) ?? {};
  const inFiles = forms.flatMap(({ files = [] }) => files).find((one) => one.file === file);
  const form = forms.find(
    (one) =>
      one.folder === folder && one.folder !== undefined && file.endsWith(`.${one.extension}`),
  );
  const fields = inFiles?.fields ?? form?.fields;
  if (!fields) throw new Error(`${file} (${name}) has no form`);
  return fields;
}

/** Front matter as the editor writes it: keys in the form's order, what is empty and optional left out. */
function arrange(data: Record<string, unknown>, fields: readonly CmsField[]): object {
  return Object.fromEntries(
    fields.flatMap(({ name, required, widget, fields: inner }) => {
      const value = widget === 'boolean' ? (data[name] ?? false) : data[name];
      if (value === undefined || (required === false && value === '')) return [];
      return [[name, inner ? arrangeInner(value, inner as CmsField[]) : value]];
    }),
  );
}

function arrangeInner(value: unknown, fields: readonly CmsField[]): unknown {
  if (Array.isArray(value)) return value.map((one) => arrangeInner(one, fields));
  return arrange(value as Record<string, unknown>, fields);
}

const YAML_FORM = { lineWidth: 0, singleQuote: true } as const;

/** Lines that are in one text and not at the same place in the other. */
function countChanged(before: string, after: string): number {
  const [a, b] = [before.split('\n'), after.split('\n')];
  return a.length === b.length ? a.filter((line, at) => line !== b[at]).length : Infinity;
}

describe('the forms of /admin/', () => {
  test('say in Vietnamese what each field is, beside the body and what is hidden', () => {
    const fields = forms.flatMap((form) => [
      ...allFields(form.fields ?? []),
      ...(form.files ?? []).flatMap((file) => allFields(file.fields)),
    ]);
    const silent = fields.filter(
      ({ label, hint, widget }) => widget !== 'hidden' && (!label || !hint),
    );
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  test('open every facts file, each under a name of its own', () => {
    const files = forms.flatMap((form) => form.files ?? []).map(({ file }) => file);
    expect(files).toEqual(expect.arrayContaining(Object.keys(factsFiles)));
    const names = Object.keys(factsFiles).map((file) => path.basename(file, '.json'));
    expect(Object.keys(factsLabels).toSorted()).toEqual(names.toSorted());
  });

  test('take no photo without words for those who cannot see it', () => {
    const withPhoto = forms
      .flatMap(({ fields = [] }) => allFields(fields))
      .map(({ fields = [] }) => fields as CmsField[])
      .filter((fields) => fields.some(({ widget }) => widget === 'image'));
    expect(withPhoto).toHaveLength(3);
    for (const fields of withPhoto) {
      expect(fields.find(({ name }) => name === 'alt')?.required).toBe(true);
    }
  });

  test.each([
    ['amountVnd', ['250000', '250.000', '1.200.000', '35,000'], ['', '250', '12.5', '0250000']],
    ['minimumVnd', ['', '250.000'], ['250', '250k']],
    ['secondAddressAfterMinutes', ['120', '1.200', '0'], ['1.2', '123.456']],
  ])('take %s with marks between the thousands, and no other number', (wanted, right, wrong) => {
    const fields = forms.flatMap(({ files = [] }) =>
      files.flatMap((file) => allFields(file.fields)),
    );
    const field = fields.find(({ name }) => name === wanted);
    const [pattern = '', says = ''] = field?.['pattern'] as string[];
    // Of what is left empty `required` speaks, not the pattern.
    const takes = (text: string) =>
      new RegExp(pattern).test(text) && !(text === '' && field?.required);
    expect([field?.widget, says]).toEqual(['string', expect.stringContaining('Ghi một số từ')]);
    expect([...right, ...wrong].filter(takes)).toEqual(right);
  });

  test('ask no other field for a number of a thousand or more', () => {
    const all = forms.flatMap(({ fields = [], files = [] }) =>
      allFields([...fields, ...files.flatMap((file) => file.fields)]),
    );
    const open = all.filter(({ widget, name, max }) => {
      return widget === 'number' && name !== 'seconds' && !(Number(max) < 1000);
    });
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  test('keep the body of MDX as it was typed', () => {
    const bodies = forms.flatMap(({ fields = [] }) => fields).filter(({ name }) => name === 'body');
    expect(bodies).toHaveLength(7);
    for (const { widget } of bodies) expect(widget).toBe('text');
  });
});

describe('one changed field of the real content is one changed line', () => {
  test.each(entries.map((entry) => [entry.file, entry] as const))('%s', (file, entry) => {
    const fields = fieldsOf(file).filter(({ name }) => name !== 'body');
    const data = entry.front.data as Record<string, unknown>;
    const write = (front: Record<string, unknown>) =>
      `---\n${stringify(arrange(front, fields), null, YAML_FORM).trim()}\n---\n${entry.body}`;
    expect(write(data)).toBe(entry.text);
    for (const [name, value] of Object.entries(data)) {
      if (typeof value !== 'string') continue;
      expect([name, countChanged(entry.text, write({ ...data, [name]: `${value} x` }))]).toEqual([
        name,
        1,
      ]);
    }
  });

  test.each(facts.map(({ file, data }) => [file, data] as const))('%s', (file, data) => {
    const text = readFileSync(path.join(ROOT, file), 'utf8');
    const shape = formats[path.basename(file, '.json')] ?? {};
    expect(formatFacts(data, shape)).toBe(text);
    const changed = structuredClone(data) as Record<string, unknown>;
    replaceFirstText(changed);
    // Without crews, as shipped, the file has no text to change.
    const texts = file === 'content/crews.json' && text.includes('[]') ? 0 : 1;
    expect(countChanged(text, formatFacts(changed, shape))).toBe(texts);
  });

  test.each(facts.map(({ file, data }) => [file, data] as const))(
    '%s, where the editor leaves out all that is empty',
    (file, data) => {
      const text = readFileSync(path.join(ROOT, file), 'utf8');
      expect(formatFacts(dropEmpty(data), formats[path.basename(file, '.json')] ?? {})).toBe(text);
    },
  );
});

/** Facts as the editor hands them over: what is empty is gone, and a part with nothing left in it too. */
function dropEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(dropEmpty);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).map(([name, one]) => [name, dropEmpty(one)] as const);
  return Object.fromEntries(kept.filter(([, one]) => !isEmpty(one)));
}

function isEmpty(value: unknown): boolean {
  return value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
}

/** Puts another text where the first one stands. */
function replaceFirstText(data: object): boolean {
  return Object.entries(data).some(([name, value]: [string, unknown]) => {
    if (typeof value === 'string') return Boolean(Object.assign(data, { [name]: `${value} x` }));
    return typeof value === 'object' && value !== null && replaceFirstText(value);
  });
}
