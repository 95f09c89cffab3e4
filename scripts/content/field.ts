import * as v from 'valibot';
import { services, topics } from '../../shared/catalogue.ts';
import { unwrap } from './schema-shape.ts';

/** What a field's metadata says to the one who fills it. */
export interface FieldWords {
  title: string;
  description: string;
  /** How it is filled where the type alone does not tell. */
  kind?: 'day' | 'moment' | 'topic' | 'services' | 'drawing' | 'text';
}

/** The words of a field, wherever in its wrapping they stand; a union takes those of its last alternative. */
export function wordsOf(schema: v.GenericSchema): FieldWords {
  const inner = unwrap(schema);
  const options = inner.type === 'union' ? (partsOf(inner).options as v.GenericSchema[]) : [];
  const found = [...levelsOf(schema), ...options].flatMap((one) => {
    const words = v.getMetadata(one) as Partial<FieldWords>;
    return words.title === undefined ? [] : [words as FieldWords];
  });
  return found.at(-1) ?? { title: '', description: '' };
}

function levelsOf(schema: v.GenericSchema): v.GenericSchema[] {
  const { wrapped } = schema as unknown as { wrapped?: v.GenericSchema };
  return wrapped ? [schema, ...levelsOf(wrapped)] : [schema];
}

/** Whether a field cannot be left out. */
export function isRequired(schema: v.GenericSchema): boolean {
  return !v.safeParse(schema, undefined).success;
}

/** The values that a field can have, where they are few: from a picklist or from the catalogue. */
export function choicesOf(schema: v.GenericSchema): { value: string; label: string }[] | undefined {
  const { kind } = wordsOf(schema);
  if (kind === 'topic') return topics.map(({ id, name }) => ({ value: id, label: name }));
  if (kind === 'services') return services.map(({ id, name }) => ({ value: id, label: name }));
  const inner = unwrap(schema);
  if (inner.type !== 'picklist') return undefined;
  return (partsOf(inner).options as string[]).map((value) => ({ value, label: value }));
}

function partsOf(schema: v.GenericSchema): { options?: unknown[] } {
  return schema.type === 'union' || schema.type === 'picklist'
    ? (schema as unknown as { options: unknown[] })
    : {};
}
