import {
  type Document,
  type ErrorCode,
  LineCounter,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseDocument,
} from 'yaml';

/** A value as it was typed, with its dotted path and line. */
interface LinedText {
  field: string;
  line: number;
  text: string;
}

/** A YAML or JSON text with the line of each field. */
export interface LinedData {
  data: unknown;
  /** Line (from 1) of a dotted path, or of its nearest parent that exists. */
  lineOf: (path: string) => number;
  /** Every text in it with its dotted path and line. */
  texts: LinedText[];
  /** Every number that is not digits only, as it was typed: "250.000" is read as 250, "1.000" as 1. */
  markedNumbers: LinedText[];
  /** What is wrong with the syntax, if anything. */
  error: { line: number; code: ErrorCode } | null;
}

/** Reads YAML or JSON (a subset of YAML); `firstLine` is the line on which the text begins in its file. */
export function readLined(text: string, firstLine = 1): LinedData {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const toLine = (offset: number) => counter.linePos(offset).line + firstLine - 1;
  const [error] = document.errors;
  return {
    data: (error === undefined ? document.toJS() : null) ?? {},
    lineOf: (path) => toLine(findOffset(document, path.split('.'))),
    ...sortScalars(error === undefined ? collectScalars(document.contents, [], toLine) : []),
    error: error === undefined ? null : { line: toLine(error.pos[0]), code: error.code },
  };
}

/** Offset of the key or list item at a path; where the path ends early, of the deepest part that exists. */
function findOffset(document: Document, path: string[]): number {
  let offset = isNode(document.contents) ? (document.contents.range?.[0] ?? 0) : 0;
  let node: unknown = document.contents;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === step);
      if (!pair || !isScalar(pair.key)) return offset;
      offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (!isNode(node)) return offset;
      offset = node.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

function sortScalars(scalars: (LinedText & { value: unknown })[]) {
  const pick = (is: (value: unknown, text: string) => boolean): LinedText[] =>
    scalars
      .filter(({ value, text }) => is(value, text))
      .map(({ field, line, text }) => ({ field, line, text }));
  return {
    texts: pick((value) => typeof value === 'string'),
    markedNumbers: pick((value, text) => typeof value === 'number' && !/^-?\d+$/.test(text)),
  };
}

/** Every scalar with its value and its text: what a text says, or how a number was typed. */
function collectScalars(
  node: unknown,
  path: string[],
  toLine: (offset: number) => number,
): (LinedText & { value: unknown })[] {
  if (isScalar(node)) {
    const { value, source = '', range } = node;
    const text = typeof value === 'string' ? value : source;
    return [{ field: path.join('.'), line: toLine(range?.[0] ?? 0), text, value }];
  }
  if (isSeq(node)) {
    return node.items.flatMap((item, index) => collectScalars(item, [...path, `${index}`], toLine));
  }
  if (!isMap(node)) return [];
  return node.items.flatMap(({ key, value }) =>
    collectScalars(value, [...path, isScalar(key) ? String(key.value) : ''], toLine),
  );
}

/** What to say for the error codes of the yaml package. */
const REMEDIES: readonly [readonly ErrorCode[], string][] = [
  [['DUPLICATE_KEY'], 'Mục này đã ghi ở trên: bỏ một trong hai dòng.'],
  [['TAB_AS_INDENT'], 'Thụt dòng bằng dấu cách, không dùng phím Tab.'],
  [
    ['MISSING_CHAR', 'BAD_INDENT'],
    'Thiếu dấu nháy hoặc dấu ngoặc đóng ở gần dòng này, hoặc dòng thụt vào chưa đều.',
  ],
];

/** The sentence for an error code, if it has one of its own. */
export function findRemedy(code: ErrorCode): string | undefined {
  return REMEDIES.find(([codes]) => codes.includes(code))?.[1];
}
