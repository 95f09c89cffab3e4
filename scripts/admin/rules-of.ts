import type { GenericSchema } from 'valibot';

/** One demand of a schema's pipe, as far as a form can hold it. */
interface Demand {
  kind: string;
  type: string;
  requirement?: unknown;
  message?: unknown;
}

/** What valibot keeps of a schema beside its own type. */
interface Parts {
  pipe?: Demand[];
  wrapped?: GenericSchema;
}

/** What a form can ask of a field before it is saved, in the editor's own names. */
export interface FormRules {
  pattern?: [string, string];
  minlength?: number;
  maxlength?: number;
  min?: number;
  max?: number;
}

const LIMITS: Readonly<Record<string, keyof FormRules>> = {
  min_length: 'minlength',
  max_length: 'maxlength',
  min_value: 'min',
  max_value: 'max',
};

/** The demands of a text or number field that its form shows at once; the check knows the others. */
export function rulesOf(schema: GenericSchema): FormRules {
  const rules: FormRules = {};
  for (const { type, requirement, message } of demandsOf(schema)) {
    const limit = LIMITS[type];
    if (limit && typeof requirement === 'number') Object.assign(rules, { [limit]: requirement });
    if (requirement instanceof RegExp) rules.pattern = [requirement.source, String(message)];
  }
  return rules;
}

/** The fewest and most items of a list. */
export function sizeOf(schema: GenericSchema): { min?: number; max?: number } {
  const { minlength, maxlength } = rulesOf(schema);
  const exact = demandsOf(schema).find(({ type }) => type === 'length')?.requirement;
  if (typeof exact === 'number') return { min: exact, max: exact };
  return {
    ...(minlength === undefined ? {} : { min: minlength }),
    ...(maxlength === undefined ? {} : { max: maxlength }),
  };
}

function demandsOf(schema: GenericSchema): Demand[] {
  const { pipe = [], wrapped } = schema as unknown as Parts;
  const inner = pipe.flatMap((part) => {
    if (part.kind !== 'schema') return [part];
    // A pipe's first part is the schema itself when it has no pipe of its own.
    return (part as unknown) === schema ? [] : demandsOf(part as unknown as GenericSchema);
  });
  return [...(wrapped ? demandsOf(wrapped) : []), ...inner];
}
