import type { GenericSchema } from 'valibot';
import type { Shape } from '../editor/facts-form.mjs';

/** What valibot keeps of a schema, as far as it is read here; a pipe copies its first schema. */
interface Parts {
  wrapped?: GenericSchema;
  default?: unknown;
  entries?: Record<string, GenericSchema>;
  item?: GenericSchema;
}

/** The schema inside `optional` and its like. */
export function unwrap(schema: GenericSchema): GenericSchema {
  const { wrapped } = schema as unknown as Parts;
  return wrapped ? unwrap(wrapped) : schema;
}

/** The fields of an object schema in their order; none for anything else. */
export function entriesOf(schema: GenericSchema): Record<string, GenericSchema> {
  return (unwrap(schema) as unknown as Parts).entries ?? {};
}

/** The schema of a list's items, if it is a list. */
export function itemOf(schema: GenericSchema): GenericSchema | undefined {
  return (unwrap(schema) as unknown as Parts).item;
}

/** The order of a schema's fields and what stands where nothing was given. */
export function shapeOf(schema: GenericSchema): Shape | undefined {
  const item = itemOf(schema);
  if (item) {
    const items = shapeOf(item);
    return items && { items };
  }
  const fields = Object.entries(entriesOf(schema)).map(([name, field]) => {
    const shape = shapeOf(field);
    const fill = fillOf(field);
    return { name, ...(fill === undefined ? {} : { fill }), ...(shape ? { shape } : {}) };
  });
  return fields.length > 0 ? { fields } : undefined;
}

/** A part that has to be there is there even where all in it is empty. */
function fillOf(field: GenericSchema): unknown {
  const { default: fill, wrapped, entries } = field as unknown as Parts;
  return fill ?? (entries && !wrapped ? {} : undefined);
}
