import type { Hono } from 'hono';
import type { AppEnv } from './context.ts';

const METHODS = ['GET', 'POST', 'DELETE'];

/** The methods that some route answers at a path, as an `Allow` header names them; middleware answers for none. */
export function allowedMethods(app: Hono<AppEnv>, path: string): string[] {
  const taken = METHODS.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method !== 'ALL'),
  );
  return taken.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
}
