import * as v from 'valibot';

/** One field of a content schema, or a whole file: what forms, JSON Schema and the canonical form need of it. */
export interface Field extends FieldWords {
  /** Valibot's name of the type; of a union, that of its last alternative. */
  type: string;
  isRequired: boolean;
  /** What is written where nothing was given; `{}` for an object that cannot be left out. */
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

/** What a field's metadata says to editors. */
interface FieldWords {
  title: string;
  description: string;
  /** What one item of a list is called. */
  singular?: string;
  /** What each choice of a picklist is called. */
  names?: Readonly<Record<string, string>>;
  /** How it is filled in, where the type alone does not say. */
  kind?:
    'day' | 'moment' | 'topic' | 'services' | 'drawing' | 'photo' | 'text' | 'windows' | 'grouped';
}

/** `min` and `max` are the value of a number, the length of a text or the count of a list's items. */
export interface Limits {
  min?: number;
  max?: number;
  /** Source of a regular expression, and the message when it does not match. */
  pattern?: [source: string, message: string];
}

/** The properties of valibot's schemas that are read here. A pipe is a copy of its first schema with `pipe` added. */
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

/** Describes a content schema with all fields in it. */
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
