import * as v from 'valibot';

/** A field of a content schema as forms, JSON Schema and the canonical form need it; a whole file is one too. */
export interface Field extends FieldWords {
  /** Valibot's name of the type; of a union, that of its last alternative. */
  type: string;
  isRequired: boolean;
  /** What stands where nothing was given; an object that has to be there is there even where all in it is empty. */
  default: unknown;
  limits: Limits;
  /** Values of a picklist. */
  choices: readonly string[];
  /** The one value of a literal. */
  constant: unknown;
  /** Fields of an object in their order. */
  fields: readonly (Field & { name: string })[];
  /** What a list holds. */
  item?: Field;
}

/** What a field's metadata says to the one who fills it. */
interface FieldWords {
  title: string;
  description: string;
  /** What one item of a list is called. */
  singular?: string;
  /** What each choice of a picklist is called. */
  names?: Readonly<Record<string, string>>;
  /** How it is filled where the type alone does not say. */
  kind?: 'day' | 'moment' | 'topic' | 'services' | 'drawing' | 'photo' | 'text' | 'windows';
}

/** `min` and `max` are a number's value, a text's length or how many items a list has. */
export interface Limits {
  min?: number;
  max?: number;
  /** Source of a regular expression, and the sentence for whoever does not fit it. */
  pattern?: [source: string, message: string];
}

/** What valibot keeps of a schema, as far as it is read here; a pipe is a copy of its first schema with `pipe` added. */
interface Parts {
  wrapped?: v.GenericSchema;
  default?: unknown;
  entries?: Record<string, v.GenericSchema>;
  item?: v.GenericSchema;
  options?: readonly unknown[];
  literal?: unknown;
  pipe?: readonly (v.GenericSchema | Demand)[];
}

/** One check in a pipe. */
interface Demand {
  kind: 'validation' | 'transformation' | 'metadata';
  type: string;
  requirement?: unknown;
  message?: unknown;
}

/** Which limits a check sets. */
const LIMITS: Readonly<Record<string, readonly ('min' | 'max')[]>> = {
  min_length: ['min'],
  max_length: ['max'],
  length: ['min', 'max'],
  min_value: ['min'],
  max_value: ['max'],
};

/** Reads a content schema to its last field. */
export function describeField(schema: v.GenericSchema): Field {
  const { default: fallback, wrapped, entries: required } = partsOf(schema);
  const main = mainOf(schema);
  const { entries = {}, item, options = [], literal } = partsOf(main);
  return {
    ...wordsOf(schema),
    type: main.type,
    isRequired: !v.safeParse(schema, undefined).success,
    default: fallback ?? (required && !wrapped ? {} : undefined),
    limits: { ...limitsOf(main), ...limitsOf(schema) },
    choices: options.filter((option) => typeof option === 'string'),
    constant: literal,
    fields: Object.entries(entries).map(([name, one]) => ({ name, ...describeField(one) })),
    ...(item && { item: describeField(item) }),
  };
}

function partsOf(schema: v.GenericSchema): Parts {
  return schema as unknown as Parts;
}

/** The schema inside `optional` and its like; of a union, its last alternative. */
function mainOf(schema: v.GenericSchema): v.GenericSchema {
  const inner = levelsOf(schema).at(-1) ?? schema;
  const last = alternativesOf(inner).at(-1);
  return last ? mainOf(last) : inner;
}

/** A schema and what it wraps, from the outside in. */
function levelsOf(schema: v.GenericSchema): v.GenericSchema[] {
  const { wrapped } = partsOf(schema);
  return wrapped ? [schema, ...levelsOf(wrapped)] : [schema];
}

function alternativesOf(schema: v.GenericSchema): readonly v.GenericSchema[] {
  return schema.type === 'union' ? (partsOf(schema).options as readonly v.GenericSchema[]) : [];
}

/** The innermost words; a union takes those of its last alternative. */
function wordsOf(schema: v.GenericSchema): FieldWords {
  const found = levelsOf(schema)
    .flatMap((level) => [level, ...alternativesOf(level)])
    .map((level) => v.getMetadata(level) as Partial<FieldWords>);
  const words = found.findLast(({ title }) => title !== undefined);
  return { title: '', description: '', ...words };
}

function limitsOf(schema: v.GenericSchema): Limits {
  const limits: Limits = {};
  for (const { type, requirement, message } of demandsOf(schema)) {
    if (requirement instanceof RegExp) limits.pattern = [requirement.source, String(message)];
    if (typeof requirement !== 'number') continue;
    for (const limit of LIMITS[type] ?? []) limits[limit] = requirement;
  }
  return limits;
}

function demandsOf(schema: v.GenericSchema): Demand[] {
  const { pipe = [], wrapped } = partsOf(schema);
  const own = pipe.flatMap((part) => {
    if (part.kind !== 'schema') return [part];
    // A pipe's first part is the schema itself when it has no pipe of its own.
    return part === schema ? [] : demandsOf(part);
  });
  return [...(wrapped ? demandsOf(wrapped) : []), ...own];
}
