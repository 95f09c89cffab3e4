import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { company, services, topics } from '../../shared/content/catalogue.ts';
import { ServicesSchema } from '../../shared/content/services.ts';
import { toVietnamDate } from '../../shared/time.ts';
import { collections, loadSchema } from './collections.ts';
import { type Entry, readEntry } from './entry.ts';
import { canonicalEntry, canonicalFacts } from './form.ts';
import { toSlug } from './rules/files.ts';

/** What can be made, each with the collection that it goes into; `examples/` has a file of that name for each. */
export const kinds: Readonly<Record<string, string>> = {
  article: 'news',
  service: 'services',
  album: 'album',
  video: 'video',
  policy: 'policies',
  letter: 'letters',
};

export interface NewEntry {
  kind: string;
  title: string;
  now: Date;
}

/** Writes an example of an entry, a draft with marked places, and returns its path; throws with a Vietnamese sentence when it cannot. */
export async function createEntry(root: string, { kind, title, now }: NewEntry): Promise<string> {
  const name = title.trim();
  if (!Object.hasOwn(kinds, kind))
    throw new Error(`Chọn một loại: ${Object.keys(kinds).join(', ')}.`);
  if (name === '') {
    throw new Error(`Ghi tiêu đề trong dấu ngoặc kép: npm run content -- new ${kind} "Tiêu đề".`);
  }
  const slug = toSlug(name);
  const collection = collections.find((one) => one.name === kinds[kind]);
  if (!collection || slug === '') throw new Error('Tiêu đề cần có chữ cái để làm địa chỉ trang.');
  const file = `${collection.folder}/${slug}.mdx`;
  const target = path.join(root, file);
  if (existsSync(target)) throw new Error(`Đã có ${file}: chọn tiêu đề khác.`);
  mkdirSync(path.dirname(target), { recursive: true });
  const example = readFileSync(path.join(import.meta.dirname, 'examples', `${kind}.mdx`), 'utf8');
  const values = { ...findFirst(root), title: name, slug, date: toVietnamDate(now) };
  const entry = fillIn(readEntry(file, example, collection), values);
  if (kind === 'service') addService(root, { id: slug, name });
  writeFileSync(target, canonicalEntry(entry, await loadSchema(collection)));
  return file;
}

/** The first topic, service and drawing of the project: an example has to name ones that exist. */
function findFirst(root: string): Record<string, string> {
  const [drawing = ''] = readdirSync(path.join(root, 'content/drawings')).toSorted();
  return {
    topic: topics[0]?.id ?? '',
    service: services[0]?.id ?? '',
    drawing: drawing.replace(/\.svg$/, ''),
  };
}

/** An example with a value in place of each name, for example `$title`. */
function fillIn(example: Entry, values: Readonly<Record<string, string>>): Entry {
  const fill = (text: string) =>
    text.replace(/\$([a-z]+)/g, (name, key: string) => values[key] ?? name);
  const data: unknown = JSON.parse(JSON.stringify(example.front.data), (_, value: unknown) =>
    typeof value === 'string' ? fill(value) : value,
  );
  return { ...example, front: { ...example.front, data }, body: fill(example.body) };
}

/** A service page needs its service in the facts. */
function addService(root: string, { id, name }: { id: string; name: string }): void {
  const target = path.join(root, 'content/services.json');
  const data = JSON.parse(readFileSync(target, 'utf8')) as { services: unknown[] };
  const summary = 'Thay câu này: dịch vụ làm những gì, một dòng.';
  data.services.push({ id, name, summary, unit: 'm2', windows: 1, prices: [], draft: true });
  writeFileSync(target, canonicalFacts(data, ServicesSchema));
  const motifs = path.join(root, 'content/motifs');
  // The service uses the company's motif until it has its own.
  copyFileSync(path.join(motifs, `${company.motif}.svg`), path.join(motifs, `${id}.svg`));
}
