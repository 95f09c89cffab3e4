import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Site, readSite } from './addresses.ts';
import { type Entry, findCollection, readEntry } from './entry.ts';
import { type LinedData, readLined } from './yaml-lines.ts';

/** One JSON file of facts. */
export interface FactsFile extends LinedData {
  file: string;
  text: string;
  /** Line of the JSON syntax error, or null. `error` comes from the YAML parser, which accepts more than JSON. */
  syntax: { line: number } | null;
}

/** The caption texts of a film, line by line. */
export interface Captions extends Pick<LinedData, 'texts'> {
  file: string;
}

/** Everything under content/, read once for all rules. */
export interface ContentFolder extends Pick<Site, 'heads' | 'ids' | 'origin'> {
  /** The project's folder. */
  root: string;
  /** Every file under content/ with its size in bytes. */
  files: ReadonlyMap<string, number>;
  entries: readonly Entry[];
  facts: readonly FactsFile[];
  captions: readonly Captions[];
  /** Addresses that the site will have. */
  addresses: ReadonlySet<string>;
}

/** Where photos are kept, from the project's folder; content names them without the folder. */
export const PHOTO_FOLDER = 'content/photos';
/** Published policies are written by a command and checked by their hash; schemas are generated. */
const GENERATED_FILES = /^content\/(?:policies\/published|schemas)\//;

/** Reads everything under content/ of a project. */
export function readContentFolder(root: string): ContentFolder {
  const files = new Map<string, number>();
  for (const name of readdirSync(path.join(root, 'content'), {
    recursive: true,
    encoding: 'utf8',
  })) {
    const file = `content/${name.split(path.sep).join('/')}`;
    const stat = statSync(path.join(root, file));
    if (stat.isFile() && !GENERATED_FILES.test(file)) files.set(file, stat.size);
  }
  const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
  const entries = [...files.keys()].flatMap((file) => {
    const collection = /\.mdx?$/.test(file) ? findCollection(file) : undefined;
    return collection ? [readEntry(file, read(file), collection)] : [];
  });
  const facts = [...files.keys()]
    .filter((file) => file.endsWith('.json'))
    .map((file) => readFacts(file, read(file)));
  const captions = [...files.keys()]
    .filter((file) => file.endsWith('.vtt'))
    .map((file) => readCaptions(file, read(file)));
  const { addresses, ...site } = readSite(root);
  const all = new Set([...addresses, ...findAddresses(entries, facts)]);
  return { ...site, root, files, entries, facts, captions, addresses: all };
}

function readFacts(file: string, text: string): FactsFile {
  // A byte order mark (Notepad) and decomposed letters are mistakes of form only: --fix mends them.
  const json = text.replace(/^\uFEFF/, '').normalize('NFC');
  const lined = readLined(json);
  try {
    return { ...lined, file, text, data: JSON.parse(json) as unknown, syntax: null };
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))?.[1];
    const line = json.slice(0, at === undefined ? json.length : Number(at)).split('\n').length;
    return { ...lined, file, text, data: {}, syntax: { line } };
  }
}

function readCaptions(file: string, text: string): Captions {
  const lines = text.split('\n').map((line, index) => ({ line: index + 1, text: line.trim() }));
  const spoken = lines.filter(({ text: words }) => !words.includes('-->'));
  return { file, texts: spoken.map((piece) => ({ ...piece, field: 'phụ đề' })) };
}

/** Addresses of entries, drafts included, and of topics. */
function findAddresses(entries: readonly Entry[], facts: readonly FactsFile[]): string[] {
  const topics = facts.find(({ file }) => file === 'content/topics.json')?.data as
    { topics?: { id?: string }[] } | undefined;
  // A topic has a page once an article is filed under it.
  const filed = new Set(entries.flatMap(({ front: { data } }) => topicOf(data)));
  const byTopic = (topics?.topics ?? [])
    .filter(({ id = '' }) => filed.has(id))
    .map(({ id }) => `/tin-tuc/chu-de/${id}/`);
  return [
    ...byTopic,
    ...entries.map(({ address }) => address).filter((one) => one.startsWith('/')),
  ];
}

function topicOf(data: unknown): string[] {
  const { topic, draft } = (data ?? {}) as Record<string, unknown>;
  return typeof topic === 'string' && draft !== true ? [topic] : [];
}

/** A service as content/services.json lists it. */
interface ListedService {
  id: string;
  isDraft: boolean;
}

/** The services in content/services.json; null where it holds no list. */
export function findServices(facts: readonly FactsFile[]): ListedService[] | null {
  const data = facts.find(({ file }) => file === 'content/services.json')?.data as
    { services?: { id?: string; draft?: boolean }[] } | undefined;
  if (!Array.isArray(data?.services)) return null;
  return data.services.map(({ id = '', draft }) => ({ id, isDraft: draft === true }));
}

/** The file that an address in an entry's body points to, as a path from the project's folder. */
export function resolveFile(file: string, url: string): string {
  if (url.startsWith('/content/')) return url.slice(1);
  const parts = file.split('/').slice(0, -1);
  for (const step of decodeAddress(url).split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.') parts.push(step);
  }
  return parts.join('/');
}

/** An address with its percent signs decoded; unchanged where they encode nothing, for example "100%". */
export function decodeAddress(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
