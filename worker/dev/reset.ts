/** Empties every table, the key store and the pictures, so that a browser test starts without data. Migrations stay applied. */
export async function resetState({ DB, VAULT, PHOTOS }: Env): Promise<void> {
  const tables = await DB.prepare(
    `SELECT name FROM sqlite_master
     WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*' AND name <> 'd1_migrations'`,
  ).all<{ name: string }>();
  await DB.batch(tables.results.map(({ name }) => DB.prepare(`DELETE FROM "${name}"`)));
  for (let cursor: string | undefined, done = false; !done;) {
    const page = await VAULT.list({ cursor });
    await Promise.all(page.keys.map(({ name }) => VAULT.delete(name)));
    done = page.list_complete;
    cursor = page.list_complete ? undefined : page.cursor;
  }
  for (let more = true; more;) {
    const page = await PHOTOS.list();
    if (page.objects.length > 0) await PHOTOS.delete(page.objects.map(({ key }) => key));
    more = page.truncated;
  }
}
