import { reset } from 'cloudflare:test';
import { env } from 'cloudflare:workers';

/** The names of the tables, once they stand. */
let tables: Promise<string[]> | undefined;

/** Leaves D1, KV and R2 as a new deployment has them; the tables are made once, since that takes longer than a test. */
export async function emptyStores(): Promise<void> {
  tables ??= makeTables();
  const names = await tables;
  await Promise.all([emptyTables(names), emptyKeys(), emptyPhotos()]);
}

/** Empties the tables that hold rows: most tests fill few of them. */
async function emptyTables(names: readonly string[]): Promise<void> {
  const held = names.map((name) => `exists (select 1 from "${name}") as "${name}"`);
  const filled = await env.DB.prepare(`select ${held.join(', ')}`).first<Record<string, number>>();
  const statements = names
    .filter((name) => filled?.[name] === 1)
    .map((name) => env.DB.prepare(`delete from "${name}"`));
  if (statements.length === 0) return;
  await env.DB.batch([env.DB.prepare('pragma defer_foreign_keys = on'), ...statements]);
}

async function makeTables(): Promise<string[]> {
  // reset() passes over a store that the runtime put away after ten idle seconds: a call brings it back.
  await Promise.all([env.DB.prepare('select 1').run(), env.VAULT.get('absent')]);
  await reset();
  await env.DB.batch(
    env.TEST_MIGRATIONS.flatMap(({ queries }) => queries).map((query) => env.DB.prepare(query)),
  );
  const { results } = await env.DB.prepare(
    "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like '_cf_%'",
  ).all<{ name: string }>();
  for (const { name } of results) {
    const row = await env.DB.prepare(`select * from "${name}" limit 1`).first();
    if (row) throw new Error(`A migration fills ${name}: emptying it would lose that row`);
  }
  return results.map(({ name }) => name);
}

async function emptyKeys(): Promise<void> {
  const { keys } = await env.VAULT.list();
  await Promise.all(keys.map(({ name }) => env.VAULT.delete(name)));
}

async function emptyPhotos(): Promise<void> {
  const { objects } = await env.PHOTOS.list();
  if (objects.length > 0) await env.PHOTOS.delete(objects.map(({ key }) => key));
}
