import * as v from 'valibot';
import {
  openSearchIndex,
  SEARCH_PATH,
  type SearchFiles,
  type SearchIndex,
} from '../../shared/search-index.ts';
import { readBuilt } from '../web/pages.ts';

const WordsSchema = v.tuple([v.array(v.string()), v.array(v.string())]);

/**
 * The index of everything that can be found, as the build wrote it. It is fetched once an isolate and not part of the Worker's
 * script, which every start of an isolate would load, and which may be a few MB only.
 */
export async function readSearchIndex(assets: Fetcher): Promise<SearchIndex> {
  return readBuilt(assets, SEARCH_PATH, async (fetchFile) => {
    const fetchPart = (name: keyof SearchFiles) => fetchFile(SEARCH_PATH + name);
    const [entries, words, numbers] = await Promise.all([
      fetchPart('index.json').then((file) => file.arrayBuffer()),
      fetchPart('words.json').then((file) => file.json()),
      fetchPart('numbers.bin').then((file) => file.arrayBuffer()),
    ]);
    return openSearchIndex({
      entries: new Uint8Array(entries),
      words: v.parse(WordsSchema, words),
      numbers: new Uint32Array(numbers),
    });
  });
}

/** The kind of a result, as it is shown. */
export function kindOf(path: string): string {
  if (path.startsWith('/tin-tuc/')) return 'Bài viết';
  if (path.startsWith('/dich-vu/')) return 'Dịch vụ';
  if (path.startsWith('/chinh-sach/')) return 'Chính sách';
  return path.includes('?ward=') ? 'Khu vực phục vụ' : 'Trang';
}
