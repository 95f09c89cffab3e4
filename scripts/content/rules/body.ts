import { legalDeadlines, retention } from '../../../shared/privacy/register.ts';
import type { Entry } from '../entry.ts';
import { type ContentFolder, findServices } from '../folder.ts';
import type { Problem } from '../problem.ts';
import { type ProseNode, attributesOf, lineOf } from '../prose.ts';

/** A component's attributes: whether each must be given, and what it may be. */
type Attributes = Record<string, { required?: boolean; oneOf?: readonly string[] }>;
type Components = Readonly<Record<string, Attributes>>;

const drawings: Components = {
  Drawing: { name: { required: true }, caption: {} },
};

const tables: Components = {
  Basis: { of: { required: true, oneOf: ['booking', 'contact'] } },
  Clock: { of: { required: true, oneOf: Object.keys(legalDeadlines) } },
  Company: {},
  CustomerPage: {},
  Fold: { title: { required: true }, depth: { oneOf: ['2', '3'] } },
  FieldTable: { form: { required: true, oneOf: ['booking', 'contact'] } },
  Letters: {},
  RecipientTable: {},
  Retention: { of: { required: true, oneOf: Object.keys(retention) } },
  RetentionTable: {},
  RightsTable: {},
  Sealed: {},
};

const extras: Readonly<Record<string, Components>> = { policies: tables, letters: {} };

/** Where a page needs a body; an album or a film may do with its front matter. */
const WRITTEN: readonly string[] = [
  ...['content/news', 'content/services', 'content/policies', 'content/letters'],
];
/** Soft hyphens, zero-width spaces and the like: copied from elsewhere, they cut words in two for search and screen readers. */
const UNSEEN = /[\u00AD\u200B-\u200D\u2060\uFEFF]/;

/** `/* … *\/` and nothing beside it: what stands between two comments runs. */
const ONE_COMMENT = /^\s*\/\*(?:(?!\*\/)[\s\S])*\*\/\s*$/;
const NO_CODE =
  'Bài viết không chứa mã (import, export, {…}): bỏ dòng này, các thẻ dùng được ngay.';

/** Every body can be read by the parser that builds the site. */
export function checkSyntax({ entries }: ContentFolder): Problem[] {
  return entries.flatMap(({ file, prose: { error } }) =>
    error ? [{ file, line: error.line, field: 'nội dung', message: saySyntax(error.detail) }] : [],
  );
}

function saySyntax(detail: string): string {
  const tag = /closing tag for `<(\w+)>`/.exec(detail)?.[1];
  if (/unexpected character `!`/i.test(detail)) {
    return 'Tệp .mdx không có ghi chú kiểu <!-- … -->: bỏ đoạn ấy đi.';
  }
  if (tag) return `Thẻ <${tag}> chưa đóng: thêm </${tag}> ở cuối, hoặc viết <${tag} />.`;
  return 'Không đọc được đoạn này. Dấu < và { có nghĩa riêng trong tệp .mdx: viết "nhỏ hơn", hoặc đặt chữ trong dấu `…`, và xem lại thẻ gần đó.';
}

/** A page has words, and no character that cannot be seen. */
export function checkBody({ entries }: ContentFolder): Problem[] {
  return entries.flatMap((entry) => [...findEmpty(entry), ...findUnseen(entry)]);
}

function findEmpty({ file, body, collection, hasFront }: Entry): Problem[] {
  if (!hasFront || body.trim() !== '' || !WRITTEN.includes(collection.folder)) return [];
  const message = 'Bài chưa có chữ nào: viết nội dung dưới dòng --- thứ hai.';
  return [{ file, line: 1, field: 'nội dung', message }];
}

function findUnseen({ file, text }: Entry): Problem[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  return lines.flatMap((words, index) => {
    const at = UNSEEN.exec(words)?.index;
    if (at === undefined) return [];
    const near = words.slice(Math.max(0, at - 12), at).trim();
    const message = `Có ký tự ẩn sau "${near}", thường do chép từ nơi khác: xóa chữ ở đó rồi gõ lại.`;
    return [{ file, line: index + 1, field: 'nội dung', message }];
  });
}

/** Headings begin at ## (the title is the page's only #) and skip no level. */
export function checkHeadings({ entries }: ContentFolder): Problem[] {
  return entries.flatMap(({ file, prose }) => {
    let above = 1;
    return prose.nodes.flatMap((node): Problem[] => {
      if (node.type !== 'heading') return [];
      const { depth = 2 } = node;
      const skips = depth > above + 1;
      above = depth;
      if (depth > 1 && !skips) return [];
      const message =
        depth === 1
          ? 'Đề mục trong bài bắt đầu từ ##; # là tiêu đề trang, lấy từ title.'
          : `Đề mục nhảy cấp: dùng ${'#'.repeat(depth - 1)} thay cho ${'#'.repeat(depth)}.`;
      return [{ file, line: lineOf(node), field: 'nội dung', message }];
    });
  });
}

/** What a mail is drawn from; the rest of Markdown, pictures before all, shows badly in mail programs or loads something. */
const IN_MAIL = new Set([
  ...['root', 'heading', 'paragraph', 'text', 'strong', 'emphasis', 'link', 'list', 'listItem'],
  ...['break', 'blockquote', 'mdxJsxFlowElement', 'mdxJsxTextElement'],
  ...['mdxFlowExpression', 'mdxTextExpression'],
]);

/** A letter has only what can be drawn as a mail. */
export function checkLetters({ entries }: ContentFolder): Problem[] {
  return entries
    .filter(({ collection }) => collection.name === 'letters')
    .flatMap(({ file, prose }) =>
      prose.nodes
        .filter(({ type }) => !IN_MAIL.has(type) && !type.startsWith('mdxjs'))
        .map((node) => ({
          file,
          line: lineOf(node),
          field: 'nội dung',
          message:
            'Bản tin chỉ có đoạn văn, đề mục, danh sách, chữ đậm, chữ nghiêng và đường dẫn: bỏ hình, bảng và phần khác.',
        })),
    );
}

/** Prose uses the known components with known attributes, and no code of its own. */
export function checkComponents({ entries, facts }: ContentFolder): Problem[] {
  const services = (findServices(facts) ?? []).map(({ id }) => id);
  const everywhere: Components = {
    Address: {},
    BookingLink: { service: { oneOf: services }, button: {} },
    Callout: { title: { required: true } },
    Hotline: {},
  };
  return entries.flatMap(({ file, collection, prose }) => {
    const known = { ...everywhere, ...(extras[collection.name] ?? drawings) };
    return prose.nodes.flatMap((node) => {
      const at = { file, line: lineOf(node), field: 'nội dung' };
      return findMistakes(node, known).map((message) => ({ ...at, message }));
    });
  });
}

function findMistakes(node: ProseNode, known: Components): string[] {
  const list = Object.keys(known)
    .map((name) => `<${name}>`)
    .join(', ');
  if (node.type === 'html' && !/^<!--/.test(node.value ?? '')) {
    return [
      `Thẻ ${(node.value ?? '').split(/\s/)[0]} không dùng được trong tệp .md: bỏ thẻ, hoặc đổi đuôi tệp thành .mdx và dùng ${list}.`,
    ];
  }
  if (/^mdx(?:jsEsm|FlowExpression|TextExpression)$/.test(node.type)) {
    return ONE_COMMENT.test(node.value ?? '') ? [] : [NO_CODE];
  }
  if (!node.type.startsWith('mdxJsx')) return [];
  const attributes = known[node.name ?? ''];
  if (attributes === undefined) return [`Không có thẻ <${node.name}> ở đây. Có: ${list}.`];
  return findAttributeMistakes(node, attributes);
}

function findAttributeMistakes(node: ProseNode, attributes: Attributes): string[] {
  // An attribute in braces, or spread, is code that the build runs.
  const isCode = (one: { type: string; value?: unknown }) =>
    one.type !== 'mdxJsxAttribute' || (typeof one.value === 'object' && one.value !== null);
  if (node.attributes?.some(isCode)) return [NO_CODE];
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
