import { type Collection, collections } from './collections.ts';
import { type Prose, attributesOf, lineOf, readProse, wordsOf } from './prose.ts';
import { type LinedData, readLined } from './yaml-lines.ts';

/** One page that an editor writes: its place, its front matter and its body. */
export interface Entry {
  collection: Collection;
  file: string;
  slug: string;
  text: string;
  front: LinedData;
  /** Whether the file begins with a front matter between two lines of `---`. */
  hasFront: boolean;
  body: string;
  prose: Prose;
  /** Where it is to be read on the site. */
  address: string;
}

/** A text of an entry that readers see, with its place. */
export interface Piece {
  field: string;
  line: number;
  text: string;
}

const FRONT = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n?---[ \t]*(?:\r?\n|$)/;
/** Nodes whose words belong together, so that bold in the middle of a sentence hides nothing. */
const BLOCKS = new Set(['paragraph', 'heading', 'tableCell']);
/** Front matter that is read by programs. */
const NOT_PROSE = new Set(['drawing', 'topic', 'pubDate', 'updatedDate', 'publishAt', 'expireAt']);

/** The collection that a file under content/ belongs to, or undefined. */
export function findCollection(file: string): Collection | undefined {
  const folder = file.slice(0, file.lastIndexOf('/'));
  const name = file.slice(folder.length + 1).replace(/\.\w+$/, '');
  return collections.find((kind) => kind.folder === folder && (kind.file ?? name) === name);
}

/** Takes a file of a collection apart. */
export function readEntry(file: string, text: string, collection: Collection): Entry {
  // Marks typed apart from their letters are a matter of form: they make no title longer.
  const whole = text.normalize('NFC');
  const [front = '', yaml = ''] = FRONT.exec(whole) ?? [];
  const body = whole.slice(front.length);
  const slug = file.replace(/^.*\//, '').replace(/\.\w+$/, '');
  const firstLine = front.split('\n').length;
  return {
    collection,
    file,
    slug,
    text,
    front: readLined(yaml, 2),
    hasFront: front !== '',
    body,
    prose: readProse(body, file.endsWith('.mdx') ? 'mdx' : 'md', firstLine),
    address: collection.address(slug),
  };
}

/** Every text of an entry that readers see. */
export function piecesOf({ front, prose }: Entry): Piece[] {
  const fields = front.texts.filter(({ field }) => !NOT_PROSE.has(field.split('.')[0] ?? ''));
  const blocks = prose.nodes
    .filter(({ type }) => BLOCKS.has(type))
    .map((node) => ({ field: 'nội dung', line: lineOf(node), text: wordsOf(node) }));
  const captions = prose.nodes.flatMap((node) => {
    const { caption = '', title = '' } = attributesOf(node);
    return [caption, title, node.type === 'image' ? (node.alt ?? '') : '']
      .filter((text) => text !== '')
      .map((text) => ({ field: 'nội dung', line: lineOf(node), text }));
  });
  return [...fields, ...blocks, ...captions];
}
