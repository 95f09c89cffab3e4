/** One mistake in content/: where it is and a Vietnamese sentence that says how to mend it. */
export interface Problem {
  /** Path from the project's folder, for example `content/news/bai-viet.mdx`. */
  file: string;
  /** Line in the file from 1. */
  line: number;
  /** Dotted path of the field, or a part of the file in Vietnamese, for example "nội dung". */
  field: string;
  message: string;
}

/** "content/news/a.mdx:3 · title · Ghi tiêu đề của trang." */
export function formatProblem({ file, line, field, message }: Problem): string {
  return `${file}:${line} · ${field} · ${message}`;
}

export function byPlace(a: Problem, b: Problem): number {
  return a.file.localeCompare(b.file) || a.line - b.line || a.field.localeCompare(b.field);
}
