import { type Collection, collections } from './collections.ts';
import { type Prose, attributesOf, lineOf, readProse, wordsOf } from './prose.ts';
import { type LinedData, readLined } from './yaml-lines.ts';

/** One page that an editor writes. */
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
  /** Its address on the site, for example `/tin-tuc/giat-tham/`. */
  address: string;
}

/** A text of an entry that readers see, and where it stands. */
export interface Piece {
  field: string;
  line: number;
  text: string;
}

const FRONT = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n?---[ \t]*(?:\r?\n|$)/;
/** Nodes that are read as one text, so that bold in the middle of a sentence hides no phrase from the rules. */
const BLOCKS = new Set(['paragraph', 'heading', 'tableCell']);
/** Front matter that readers never see. */
const NOT_PROSE = new Set([
  ...['clip', 'drawing', 'file', 'photo', 'service', 'services', 'topic', 'url', 'youtube'],
  ...['pubDate', 'updatedDate', 'publishAt', 'expireAt'],
]);

/** The collection that a file under content/ belongs to, or undefined. */
export function findCollection(file: string): Collection | undefined {
  const folder = file.slice(0, file.lastIndexOf('/'));
  const name = file.slice(folder.length + 1).replace(/\.\w+$/, '');
  return collections.find((kind) => kind.folder === folder && (kind.file ?? name) === name);
}

export function readEntry(file: string, text: string, collection: Collection): Entry {
  // NFC first: decomposed letters would count twice in the length of a title.
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
  const fields = front.texts.filter(({ field }) => !NOT_PROSE.has(nameOf(field)));
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

/** The name of a field or of the list that it stands in: "services" of `services.0`, "alt" of `photo.alt`. */
function nameOf(field: string): string {
  return field.replace(/(?:\.\d+)+$/, '').replace(/^.*\./, '');
}
