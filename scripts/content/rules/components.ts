import { services } from '../../../shared/content/catalogue.ts';
import { legalDeadlines, retention } from '../../../shared/privacy/register.ts';
import type { ContentFolder } from '../folder.ts';
import { type ProseNode, attributesOf, lineOf } from '../prose.ts';
import type { Problem } from '../problem.ts';

/** A component's attributes: whether each must be given, and what it may be. */
type Attributes = Record<string, { required?: boolean; oneOf?: readonly string[] }>;

const words: Record<string, Attributes> = {
  Address: {},
  BookingLink: { service: { oneOf: services.map(({ id }) => id) }, button: {} },
  Callout: { title: { required: true } },
  Hotline: {},
};

const drawings: Record<string, Attributes> = {
  Drawing: { name: { required: true }, caption: {} },
};

const tables: Record<string, Attributes> = {
  Basis: { of: { required: true, oneOf: ['booking', 'contact'] } },
  Clock: { of: { required: true, oneOf: Object.keys(legalDeadlines) } },
  CustomerPage: {},
  FieldTable: { form: { required: true, oneOf: ['booking', 'contact'] } },
  RecipientTable: {},
  Retention: { of: { required: true, oneOf: Object.keys(retention) } },
  RetentionTable: {},
  RightsTable: {},
  Sealed: {},
};

/** The components that the pages of a collection hand to its prose. */
export function componentsOf(collection: string): Record<string, Attributes> {
  return collection === 'policies' ? { ...words, ...tables } : { ...words, ...drawings };
}

/** Prose uses the known components with known attributes, and no code of its own. */
export function checkComponents({ entries }: ContentFolder): Problem[] {
  return entries.flatMap(({ file, collection, prose }) => {
    const known = componentsOf(collection.name);
    return prose.nodes.flatMap((node) =>
      findMistakes(node, known).map((message) => ({
        file,
        line: lineOf(node),
        field: 'nội dung',
        message,
      })),
    );
  });
}

function findMistakes(node: ProseNode, known: Record<string, Attributes>): string[] {
  const list = Object.keys(known)
    .map((name) => `<${name}>`)
    .join(', ');
  if (node.type === 'html' && !/^<!--/.test(node.value ?? '')) {
    return [
      `Thẻ ${(node.value ?? '').split(/\s/)[0]} không dùng được trong tệp .md: bỏ thẻ, hoặc đổi đuôi tệp thành .mdx và dùng ${list}.`,
    ];
  }
  if (/^mdx(?:jsEsm|FlowExpression|TextExpression)$/.test(node.type)) {
    if (/^\s*\/\*[\s\S]*\*\/\s*$/.test(node.value ?? '')) return [];
    return ['Bài viết không chứa mã (import, export, {…}): bỏ dòng này, các thẻ dùng được ngay.'];
  }
  if (!node.type.startsWith('mdxJsx')) return [];
  const attributes = known[node.name ?? ''];
  if (attributes === undefined) return [`Không có thẻ <${node.name}> ở đây. Có: ${list}.`];
  return findAttributeMistakes(node, attributes);
}

function findAttributeMistakes(node: ProseNode, attributes: Attributes): string[] {
  const given = attributesOf(node);
  const unknown = Object.keys(given).filter((name) => !(name in attributes));
  const missing = Object.keys(attributes).filter(
    (name) => attributes[name]?.required && (given[name] ?? '') === '',
  );
  const wrong = Object.entries(given).filter(([name, value]) => {
    const oneOf = attributes[name]?.oneOf;
    return oneOf !== undefined && value !== '' && !oneOf.includes(value);
  });
  return [
    ...unknown.map((name) => `<${node.name}> không có mục ${name}: bỏ đi.`),
    ...missing.map((name) => `<${node.name}> thiếu mục ${name}="…".`),
    ...wrong.map(
      ([name, value]) =>
        `<${node.name} ${name}="${value}">: chọn một trong ${attributes[name]?.oneOf?.join(', ')}.`,
    ),
  ];
}
