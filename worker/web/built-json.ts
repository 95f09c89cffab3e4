const kept = new WeakMap<Fetcher, Map<string, unknown>>();

/**
 * A JSON file that the build wrote, in the form that `shape` gives it; made once per isolate, since a deploy starts
 * new ones. Only the finished value is kept: a promise would tie one request to another's.
 */
export async function readBuiltJson<T>(
  assets: Fetcher,
  path: string,
  shape: (data: unknown) => T,
): Promise<T> {
  const files = kept.get(assets) ?? new Map<string, unknown>();
  if (files.has(path)) return files.get(path) as T;
  const file = await assets.fetch(new URL(path, 'https://assets.invalid'));
  if (!file.ok) throw new Error(`The built file ${path} is missing`);
  const value = shape(await file.json());
  kept.set(assets, files.set(path, value));
  return value;
}
