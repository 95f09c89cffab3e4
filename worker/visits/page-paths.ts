import * as v from 'valibot';
import { readBuiltJson } from '../web/built-json.ts';

const PathsSchema = v.array(v.string());

/** Paths of the pages that people read, as the build listed them. */
export async function readPagePaths(assets: Fetcher): Promise<ReadonlySet<string>> {
  return readBuiltJson(assets, '/khung/paths.json', (data) => new Set(v.parse(PathsSchema, data)));
}
