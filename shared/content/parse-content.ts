import * as v from 'valibot';

/** One mistake in a content file: the file, the field's dotted path and a sentence that says how to mend it. */
export interface ContentIssue {
  file: string;
  field: string;
  message: string;
}

/** Every mistake that a schema finds in a content file, as sentences for the editor. */
export function findContentIssues<S extends v.GenericSchema>(
  file: string,
  schema: S,
  data: unknown,
): ContentIssue[] {
  const result = v.safeParse(schema, data);
  if (result.success) return [];
  return result.issues.map((issue) => ({
    file,
    field: v.getDotPath(issue) ?? '(cả tệp)',
    message: isMissing(issue)
      ? `Thiếu mục "${String(issue.path?.at(-1)?.key)}": thêm vào.`
      : issue.message,
  }));
}

/** Whether an object lacks an entry; the object's own sentence speaks of entries that it should not have. */
function isMissing({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected !== 'never' && expected !== 'Object';
}

/** The typed content of a facts file; throws one Error whose message names file, field and remedy for each mistake. */
export function parseContent<S extends v.GenericSchema>(
  file: string,
  schema: S,
  data: unknown,
): v.InferOutput<S> {
  const result = v.safeParse(schema, data);
  if (result.success) return result.output;
  const lines = findContentIssues(file, schema, data).map(
    (issue) => `${issue.file} → ${issue.field}: ${issue.message}`,
  );
  throw new Error(lines.join('\n'));
}
