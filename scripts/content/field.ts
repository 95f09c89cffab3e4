import * as v from 'valibot';
import { unwrap } from './schema-shape.ts';

/** What a field's metadata says to the one who fills it. */
export interface FieldWords {
  title: string;
  description: string;
  /** What one item of a list is called. */
  singular?: string;
  /** What each choice of a list of words is called. */
  names?: Readonly<Record<string, string>>;
  /** How it is filled where the type alone does not tell. */
  kind?: 'day' | 'moment' | 'topic' | 'services' | 'drawing' | 'photo' | 'text' | 'windows';
}

/** The words of a field, wherever in its wrapping they stand; a union takes those of its last alternative. */
export function wordsOf(schema: v.GenericSchema): FieldWords {
  const inner = unwrap(schema);
  const { options } = inner as unknown as { options?: v.GenericSchema[] };
  const alternatives = inner.type === 'union' ? (options ?? []) : [];
  const found = [...levelsOf(schema), ...alternatives].flatMap((one) => {
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
