/**
 * Uses the browser's session storage; null where it is forbidden, missing or full. It can throw at every touch, and is null in
 * some embedded browsers: what a script does besides has to go on without it.
 */
export function withSessionStorage<Result>(use: (storage: Storage) => Result): Result | null {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}
