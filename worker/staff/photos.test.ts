import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { listPhotos } from '../personal-data/photo-store.ts';
import { customerPath } from '../signing/links.ts';
import { staffPath } from '../signing/staff-links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { listDisclosures } from '../store/disclosures.ts';
import { formOf, Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { picture } from '../test/pictures.ts';
import { submitBooking } from '../test/records.ts';
import { send } from '../test/requests.ts';
import { staffSigning } from '../test/staff.ts';

const keys = readLinkKeys(env.LINK_KEYS);

function formWith(fields: Readonly<Record<string, string>> = {}): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('photo', new File([picture('png')], 'a.png'));
  return form;
}

async function arrange() {
  const booking = await submitBooking();
  const own = await customerPath(keys, booking);
  const job = await staffPath(staffSigning(), booking);
  const accept = { Accept: 'application/json' };
  await send(own.replace('/?', '/anh/?'), { method: 'POST', headers: accept, body: formWith() });
  const open = formOf(await new Visitor(NOW).open(job), 'open');
  const press = await send(job, {
    method: 'POST',
    body: new URLSearchParams({ ...open.values, sure: 'yes' }),
  });
  const Cookie = (press.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
  return { ...booking, own, job, opened: { ...accept, Cookie } };
}

describe('the pictures of a job', () => {
  test('are seen while the details are open, and the ledger counts each opening', async () => {
    const { id, job, opened } = await arrange();
    const [photo] = await listPhotos(env, id);
    const href = `${job}anh/${photo?.id}`;
    expect((await send(href)).status).toBe(403);
    const closed = await new Visitor(NOW).open(job);
    expect([closed.words.includes('1 ảnh'), closed.text.includes('type="file"')]).toEqual([
      true,
      false,
    ]);
    expect((await listDisclosures(env.DB, id)).map(({ kind }) => kind)).toEqual(['opened']);

    for (const sends of [1, 2]) {
      expect((await send(href, { headers: opened })).status).toBe(200);
      const [, row] = await listDisclosures(env.DB, id);
      expect(row).toMatchObject({ kind: 'photos', fields: ['photos'], result: 'opened', sends });
    }
    const late = later(NOW, { minutes: 31 });
    expect((await send(href, { headers: opened }, { now: late })).status).toBe(403);
  });

  test('of staff are added before and after the work, six of their own, seen and deleted by the customer', async () => {
    const { id, own, job, opened } = await arrange();
    const add = (fields: Record<string, string>, headers: Record<string, string> = opened) =>
      send(`${job}anh/`, { method: 'POST', headers, body: formWith(fields) });
    expect((await add({ moment: 'before' }, { Accept: 'application/json' })).status).toBe(403);
    expect((await add({ moment: 'before' })).status).toBe(201);
    for (let at = 0; at < 5; at += 1) expect((await add({})).status).toBe(201);
    expect((await add({})).status).toBe(422);
    const sources = (await listPhotos(env, id)).map(({ by }) => by);
    expect(sources.toSorted()).toEqual([...Array<string>(5).fill('after'), 'before', 'customer']);

    const page = await new Visitor(NOW).openAll(own);
    expect(page.words).toContain('Trước khi làm');
    expect(page.words).toContain('Sau khi làm');
    expect(page.forms.filter(({ action }) => action.includes('/xoa'))).toHaveLength(7);
  });

  test('of the customer are not deleted by staff, who delete their own', async () => {
    const { id, job, opened } = await arrange();
    await send(`${job}anh/`, { method: 'POST', headers: opened, body: formWith() });
    const [customers, own] = await listPhotos(env, id);
    const remove = async (photoId = '') => {
      const body = new URLSearchParams({ sure: 'yes' });
      const headers = { Cookie: opened.Cookie };
      return (await send(`${job}anh/${photoId}/xoa`, { method: 'POST', headers, body })).status;
    };
    expect([await remove(customers?.id), await remove(own?.id)]).toEqual([404, 303]);
    expect((await listPhotos(env, id)).map(({ by }) => by)).toEqual(['customer']);
  });
});
