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
import { readEntry } from './entry.ts';
import { type Example, examples } from './examples.ts';
import { canonicalEntry, canonicalFacts } from './form.ts';
import { toSlug } from './rules/places.ts';

/** What is to be made. */
export interface NewEntry {
  kind: string;
  title: string;
  now: Date;
}

/** Writes a filled example of an entry and names its file; throws a Vietnamese sentence when it cannot. */
export async function createEntry(root: string, { kind, title, now }: NewEntry): Promise<string> {
  const example = examples[kind];
  if (!example) throw new Error(`Chọn một loại: ${Object.keys(examples).join(', ')}.`);
  if (title.trim() === '') {
    throw new Error(`Ghi tiêu đề trong dấu ngoặc kép: npm run content -- new ${kind} "Tiêu đề".`);
  }
  const slug = toSlug(title);
  const collection = collections.find(({ name }) => name === example.collection);
  if (!collection || slug === '') throw new Error('Tiêu đề cần có chữ cái để làm địa chỉ trang.');
  const file = `${collection.folder}/${slug}.mdx`;
  const target = path.join(root, file);
  if (existsSync(target)) throw new Error(`Đã có ${file}: chọn tiêu đề khác.`);
  mkdirSync(path.dirname(target), { recursive: true });
  const entry = readEntry(file, toText(root, example, { title, slug, now }), collection);
  if (kind === 'service') addService(root, { id: slug, name: title });
  writeFileSync(target, canonicalEntry(entry, await loadSchema(collection)));
  return file;
}

interface Values {
  title: string;
  slug: string;
  now: Date;
}

function toText(root: string, example: Example, values: Values): string {
  const drawings = readdirSync(path.join(root, 'content/drawings')).toSorted();
  const first = {
    topic: topics[0]?.id ?? '',
    service: services[0]?.id ?? '',
    drawing: drawings[0]?.replace(/\.svg$/, '') ?? '',
  };
  const words = { ...first, ...values, date: toVietnamDate(values.now) };
  const front = { ...example.front(words), title: values.title.trim() };
  return `---\n${JSON.stringify(front)}\n---\n\n${example.body(words)}\n`;
}

/** A service page without its service would be a mistake, so the facts get it too. */
function addService(root: string, { id, name }: { id: string; name: string }): void {
  const target = path.join(root, 'content/services.json');
  const data = JSON.parse(readFileSync(target, 'utf8')) as { services: unknown[] };
  const summary = 'Ghi một dòng: dịch vụ này làm những gì.';
  data.services.push({ id, name: name.trim(), summary, unit: 'm2', windows: 1, prices: [] });
  writeFileSync(target, canonicalFacts(data, ServicesSchema));
  const motifs = path.join(root, 'content/motifs');
  // Until it has a tile of its own, the service wears the company's.
  copyFileSync(path.join(motifs, `${company.motif}.svg`), path.join(motifs, `${id}.svg`));
}
