import { markdownToMdast, mdxToMdast } from 'satteri';

/** A node of a page's body as the parser gives it; lines count from 1 in the whole file. */
export interface ProseNode {
  type: string;
  position?: { start: { line: number } };
  children?: ProseNode[];
  value?: string;
  /** Target of a link or picture. */
  url?: string;
  /** Name of a link definition: "a" in `[a]: /gia/`. */
  identifier?: string;
  alt?: string | null;
  title?: string | null;
  depth?: number;
  /** Name of a component. */
  name?: string | null;
  attributes?: { type: string; name?: string; value?: unknown }[];
}

/** A body's tree, or why it cannot be read. */
export interface Prose {
  nodes: ProseNode[];
  error: { line: number; detail: string } | null;
}

/** Reads a body with the parser that the site is built with; `firstLine` is its first line in the file. */
export function readProse(body: string, kind: 'md' | 'mdx', firstLine: number): Prose {
  try {
    const root = kind === 'mdx' ? mdxToMdast(body) : markdownToMdast(body);
    const nodes = flatten(root as unknown as ProseNode);
    for (const node of nodes) if (node.position) node.position.start.line += firstLine - 1;
    return { nodes, error: null };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    const [, line = '1', rest = detail] = /^(\d+):\d+: (.*)/s.exec(detail) ?? [];
    return { nodes: [], error: { line: Number(line) + firstLine - 1, detail: rest } };
  }
}

function flatten(node: ProseNode): ProseNode[] {
  return [node, ...(node.children ?? []).flatMap(flatten)];
}

export function lineOf(node: ProseNode): number {
  return node.position?.start.line ?? 1;
}

/** The text of a node and of all nodes in it, without code. */
export function wordsOf(node: ProseNode): string {
  if (node.type === 'text') return node.value ?? '';
  if (node.type === 'break') return ' ';
  return (node.children ?? []).map(wordsOf).join('');
}

/** The text attributes of a component by name. */
export function attributesOf(node: ProseNode): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const { name = '', value } of node.attributes ?? []) {
    attributes[name] = typeof value === 'string' ? value : '';
  }
  return attributes;
}
