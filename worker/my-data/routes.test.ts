import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { parseContactMessage } from '../../shared/forms/contact.ts';
import { later } from '../../shared/time.ts';
import { acceptMessage } from '../records/accept-message.ts';
import { purge } from '../personal-data/purge.ts';
import { customerPath } from '../signing/links.ts';
import { formOf, type Page, Visitor } from '../test/browser.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { openPerson, openKeyStore } from '../personal-data/key-store.ts';
import { listDueRights } from '../store/due.ts';
import {
  count,
  readDatabase,
  readDeliveries,
  submitBooking,
  submitMessage,
} from '../test/records.ts';
import { contactFields, NOW } from '../test/fixtures.ts';

const keys = readLinkKeys(env.LINK_KEYS);

async function arrange(fields: Parameters<typeof submitBooking>[0] = {}) {
  const record = await submitBooking(fields);
  const path = (await customerPath(keys, record)).replace('/?', '/du-lieu/?');
  return { ...record, path, me: new Visitor(NOW) };
}

async function rowOf(id: string) {
  const row = await env.DB.prepare('select * from bookings where id = ?').bind(id).first<{
    state: string;
    version: number;
    quantity: number | null;
    erased_at: string | null;
    sealed: number[];
  }>();
  if (row === null) throw new Error('not stored');
  return row;
}

async function requestsOf(id: string) {
  const { results } = await env.DB.prepare(
    'select kind, state, first_reply_due, due_on from rights_requests where subject_id = ?',
  )
    .bind(id)
    .all();
  return results;
}

async function personOf(id: string) {
  const { sealed } = await rowOf(id);
  return openPerson(openKeyStore(env), id, new Uint8Array(sealed));
}

describe('GET /don/<code>/du-lieu/', () => {
  test('says what is stored, for what, until when, by which consent', async () => {
    const { path, me } = await arrange();
    const page = await me.openAll(path);
    expect(page.status).toBe(200);
    for (const text of ['Nguyễn Thị Hoa', '0912 345 678', '12 Lê Lợi', 'hoa@example.org']) {
      expect(page.words).toContain(text);
    }
    expect(page.words).toContain('để đội đến đúng nơi');
    expect(page.words).toContain('Chính sách bảo mật, bản');
    expect(page.words).toContain('Chưa chuyển thông tin cho ai');
    expect(page.words).toMatch(/Cách đặt ?:? trên trang/);
    await env.DB.prepare("update bookings set origin = 'plan'").run();
    expect((await me.open(path)).words).toMatch(/Cách đặt ?:? xếp theo lịch định kỳ/);
    expect(page.headers.get('Cache-Control')).toBe('private, no-store');
    expect(page.text).not.toMatch(/data-(text|attr|if|unless|each)/);
  });

  test('shows nothing without the key, and changes nothing with it', async () => {
    const { path, code, me } = await arrange();
    const before = await readDatabase();
    await me.open(path);
    const page = await me.open(`/don/${code}/du-lieu/`);
    expect(page.words).not.toContain('Nguyễn Thị Hoa');
    expect(await readDatabase()).toBe(before);
  });

  test('says that something was done only where it was', async () => {
    const { path, me } = await arrange();
    for (const kind of ['erase', 'withdraw', 'toString']) {
      expect((await me.open(`${path}&xong=${kind}`)).words).not.toMatch(/Đã (rút|xóa)/);
    }
  });

  test('is linked from the page of the request, with and without the slash', async () => {
    const { path, me } = await arrange();
    const page = await me.open(path.replace('du-lieu/', ''));
    expect(page.text).toContain(path.replaceAll('&', '&amp;'));
    expect((await me.open(path.replace('du-lieu/', 'du-lieu'))).status).toBe(308);
  });
});

describe('POST /don/<code>/du-lieu/', () => {
  test('changes nothing when every form is sent as it stands', async () => {
    const { path, me } = await arrange();
    const page = await me.openAll(path);
    const before = await readDatabase();
    const own = page.forms.filter(({ action }) => action.includes('/du-lieu/'));
    expect(own.map(({ values }) => values['act'])).toEqual(['see', 'correct', 'withdraw', 'erase']);
    for (const form of own) expect((await me.submit(form)).status).toBe(422);
    expect(await readDatabase()).toBe(before);
  });

  test('changes nothing with a token that is 31 minutes old, and keeps what was typed', async () => {
    const { path, me } = await arrange();
    const form = formOf(await me.openAll(path), 'correct');
    me.now = later(NOW, { minutes: 31 });
    const before = await readDatabase();
    const page = await me.submit(form, { sure: 'yes', name: 'Nguyễn Thị Huệ' });
    expect(page.status).toBe(403);
    expect(page.text).toContain('value="Nguyễn Thị Huệ"');
    expect(await readDatabase()).toBe(before);
  });

  test('gives a copy to read and a copy for machines, each a request that is met at once', async () => {
    const { path, me, id, code } = await arrange();
    const form = formOf(await me.openAll(path), 'see');
    const html = await me.submit(form, { sure: 'html' });
    expect(html.headers.get('Content-Disposition')).toContain(`du-lieu-${code}.html`);
    expect(html.words).toContain('12 Lê Lợi');
    // No site is around a file that someone keeps.
    const links = Array.from(html.text.matchAll(/<a [^>]*href="([^"]+)"/g), ([, href]) => href);
    expect(links.filter((href) => href?.startsWith('/'))).toEqual([]);
    expect(links.at(-1)).toMatch(/^https?:\/\/[^/]+\/chinh-sach\/bao-mat-thong-tin\/\d+\/$/);
    const json = await me.submit(form, { sure: 'json' });
    const copy = JSON.parse(json.text) as Record<string, Record<string, unknown>>;
    expect(copy['person']).toMatchObject({ name: 'Nguyễn Thị Hoa', phone: '+84912345678' });
    expect(copy['consent']).toMatchObject({ policy: 'bao-mat-thong-tin' });
    expect(json.text).not.toMatch(/sealed|contentHash|phoneHash|holdReason/);
    expect(await requestsOf(id)).toEqual([
      expect.objectContaining({ kind: 'see', state: 'done' }),
      expect.objectContaining({ kind: 'see', state: 'done' }),
    ]);
  });

  test('gives a copy that says so where the details have ended, and none while the key store does not answer', async () => {
    const { path, me, id } = await arrange();
    const form = formOf(await me.openAll(path), 'see');
    const silent = vi
      .spyOn(env.VAULT, 'get')
      .mockRejectedValue(new Error('KV GET failed: 500 Internal Server Error'));
    const wait = await me.submit(form, { sure: 'html' });
    expect(wait.status).toBe(503);
    expect(wait.words).toContain('Thông tin cá nhân chưa mở được ngay lúc này.');
    expect(await requestsOf(id)).toEqual([]);
    silent.mockRestore();
    expect(await count('page_failures', "class = 'kv-down' and count = 2")).toBe(1);
    await env.DB.prepare('update bookings set key_ends_at = ?').bind(NOW.toISOString()).run();
    const copy = await me.submit(form, { sure: 'html' });
    expect(copy.words).toContain('Thông tin cá nhân ở đây không còn nữa');
    expect(copy.words).not.toMatch(/12 Lê Lợi|\btrue\b/);
  });

  test('corrects name, phone, address and size, and notifies dispatch', async () => {
    const { path, me, id } = await arrange();
    await env.DB.prepare(`update deliveries set attempts = 1, status = 'delivered'`).run();
    const form = formOf(await me.openAll(path), 'correct');
    const page = await me.follow(form, {
      sure: 'yes',
      name: 'Nguyễn Thị Huệ',
      phone: '0123 456 7890',
      address: '14 Lê Lợi',
      quantity: '3',
    });
    expect(page.status).toBe(200);
    expect(page.words).toContain('14 Lê Lợi');
    expect((await rowOf(id)).quantity).toBe(3);
    const opened = await personOf(id);
    expect(opened).toMatchObject({ person: { phone: '+84834567890', note: 'Cổng sau' } });
    expect((await readDeliveries(id)).map(({ kind }) => kind)).toContain('job.updated');
    expect(await requestsOf(id)).toEqual([
      expect.objectContaining({ kind: 'correct', state: 'done' }),
    ]);
  });

  test('corrects e-mail address and note, and leaves what was not sent as it was', async () => {
    const { path, me, id } = await arrange();
    const page = await me.openAll(path);
    const form = formOf(page, 'correct');
    expect(page.text).toContain('value="hoa@example.org"');
    expect(page.text).toMatch(/<textarea[^>]*name="note"[^>]*>Cổng sau</);
    await me.follow(form, { sure: 'yes', email: '', note: 'Cổng trước' });
    const kinds = (await readDeliveries(id)).map(({ kind, status }) => `${kind} ${status}`);
    expect(kinds).toEqual([
      'job.requested due',
      'booking.requested superseded',
      'booking.changed due',
    ]);
    expect(await personOf(id)).toMatchObject({ person: { email: null, note: 'Cổng trước' } });
    const { action, values } = formOf(await me.openAll(path), 'correct');
    const { act = '', token = '' } = values;
    const sent = { act, token, sure: 'yes', name: 'Hoa', phone: '0912345678', address: '1 Lê Lợi' };
    expect((await me.post(action, sent)).status).toBe(303);
    expect(await personOf(id)).toMatchObject({ person: { name: 'Hoa', note: 'Cổng trước' } });
  });

  test('names the field of a mistake and keeps what was typed', async () => {
    const { path, me, id } = await arrange();
    const form = formOf(await me.openAll(path), 'correct');
    const page = await me.submit(form, { sure: 'yes', phone: '12', address: '14 Lê Lợi' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('href="#phone"');
    expect(page.text).toContain('value="14 Lê Lợi"');
    expect(await requestsOf(id)).toEqual([]);
  });

  test('withdraws the consent and cancels a live booking', async () => {
    const { path, me, id } = await arrange();
    const page = await me.follow(formOf(await me.openAll(path), 'withdraw'), { sure: 'yes' });
    expect(page.words).toContain('Đã rút đồng ý.');
    expect(page.words).toContain('đã rút lúc');
    expect((await rowOf(id)).state).toBe('cancelled');
    expect(page.forms.some(({ values }) => values['act'] === 'withdraw')).toBe(false);
    expect(await requestsOf(id)).toEqual([
      expect.objectContaining({ kind: 'withdraw', state: 'done' }),
    ]);
  });

  test('erases at once: the blob and the key are gone, staff and dispatch are notified, the page shows no error', async () => {
    const { path, me, id } = await arrange();
    await env.DB.prepare(`update deliveries set attempts = 1, status = 'delivered'`).run();
    const sealed = new Uint8Array((await rowOf(id)).sealed);
    const page = await me.follow(formOf(await me.openAll(path), 'erase'), { sure: 'yes' });
    expect(page.status).toBe(200);
    expect(page.words).toContain('Đã xóa thông tin cá nhân.');
    expect(page.words).toContain('Thông tin cá nhân ở đây không còn nữa');
    expect(page.words).not.toContain('Nguyễn Thị Hoa');
    expect(await rowOf(id)).toMatchObject({ state: 'cancelled', sealed: [] });
    expect(await openPerson(openKeyStore(env), id, sealed)).toEqual({ state: 'absent' });
    const kinds = (await readDeliveries(id)).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['job.erased', 'booking.cancelled']));
    const status = await me.open(path.replace('du-lieu/', ''));
    expect(status.status).toBe(200);
    expect(status.words).not.toContain('0912 345 678');
  });

  test('keeps a request to erase open while a complaint about the booking is, and meets it afterwards', async () => {
    const { path, me, id, code } = await arrange();
    const complaint = await submitMessage();
    await env.DB.prepare('update messages set booking_code = ?, genuine = 1 where id = ?')
      .bind(code, complaint.id)
      .run();
    const page = await me.follow(formOf(await me.openAll(path), 'erase'), { sure: 'yes' });
    expect(page.words).toContain('Yêu cầu xóa đã nhận');
    // Monday the 23rd: the 24th is a holiday, so the second working day is Thursday.
    expect(await requestsOf(id)).toEqual([
      { kind: 'erase', state: 'open', first_reply_due: '2026-11-26', due_on: '2026-12-13' },
    ]);
    // The page itself says why it waits. That is the first reply, so the digest shows the deadline of the erasure.
    expect(page.words).toContain('đã trả lời lúc Thứ Hai, 23/11/2026, 9:00, xong chậm nhất');
    const [due] = await listDueRights(env.DB);
    expect(due).toMatchObject({ code, replied: true, nextDue: '2026-12-13' });
    await purge(env, later(NOW, { hours: 1 }));
    expect(await rowOf(id)).toMatchObject({ state: 'cancelled', erased_at: null });
    await env.DB.prepare(`update messages set state = 'closed'`).run();
    await purge(env, later(NOW, { hours: 2 }));
    expect((await rowOf(id)).erased_at).not.toBeNull();
    expect(await requestsOf(id)).toEqual([
      expect.objectContaining({ kind: 'erase', state: 'done' }),
    ]);
  });

  test('erases at once where somebody complained with code and phone number alone', async () => {
    const { path, me, id, code } = await arrange();
    const fields = contactFields({ code, phone: '0912 345 678' });
    for (const proof of ['', 'x', path.split('k=')[1] ?? '']) {
      const message = `Sofa còn vết bẩn ${proof}`;
      expect((await me.post('/api/contact', { ...fields, message, proof })).status).toBe(303);
    }
    await me.follow(formOf(await me.openAll(path), 'erase'), { sure: 'yes' });
    expect((await rowOf(id)).erased_at).not.toBeNull();
  });

  test('takes a second tap for the same request, and offers nothing more afterwards', async () => {
    const { path, me, id } = await arrange({ quantity: '3' });
    const form = formOf(await me.openAll(path), 'erase');
    await me.follow(form, { sure: 'yes' });
    const page = await me.follow(form, { sure: 'yes' });
    expect(await requestsOf(id)).toHaveLength(1);
    expect((await rowOf(id)).quantity).toBeNull();
    expect(page.words).not.toContain('Rút đồng ý');
  });

  test('erases at once where the complaint is quarantined, since anyone can send one with a code', async () => {
    const { path, me, id, code } = await arrange();
    const complaint = await submitMessage();
    await env.DB.prepare(
      `update messages set booking_code = ?, genuine = 1, state = 'held', hold_reason = 'trap' where id = ?`,
    )
      .bind(code, complaint.id)
      .run();
    await me.follow(formOf(await me.openAll(path), 'erase'), { sure: 'yes' });
    expect((await rowOf(id)).erased_at).not.toBeNull();
  });

  test('answers for a quarantined request as for any other', async () => {
    const seen: Page[] = [];
    for (const hold of [null, 'links']) {
      const { path, me, id } = await arrange({ name: `Khách ${hold === null ? 'A' : 'B'}` });
      if (hold !== null) {
        await env.DB.prepare(
          `update bookings set state = 'held', hold_reason = 'links' where id = ?`,
        )
          .bind(id)
          .run();
      }
      seen.push(await me.openAll(path));
    }
    const acts = seen.map(({ forms }) => forms.map(({ values }) => values['act']).join());
    expect(acts[0]).toBe(acts[1]);
  });
});

describe('The data of a message', () => {
  test('is shown, copied and erased by its sender', async () => {
    const { id, ...record } = await submitMessage();
    const path = (await customerPath(keys, { id, code: record.code })).replace('/?', '/du-lieu/?');
    const me = new Visitor(NOW);
    expect((await me.open(path)).words).not.toContain('Sofa còn vết bẩn');
    const page = await me.openAll(path);
    expect(page.words).toContain('Sofa còn vết bẩn');
    const after = await me.follow(formOf(page, 'erase'), { sure: 'yes' });
    expect(after.words).not.toContain('Sofa còn vết bẩn');
    expect(await env.VAULT.get(id)).toBeNull();
    const nextDay = await new Visitor(later(NOW, { days: 1 })).open(path);
    expect(nextDay.status).toBe(200);
    expect(nextDay.words).toContain('Thông tin cá nhân ở đây không còn nữa');
  });
});

describe('A message whose consent is withdrawn', () => {
  test('is closed, since it may no longer be answered', async () => {
    const parsed = parseContactMessage({
      kind: 'question',
      name: 'Nguyễn Thị Hoa',
      phone: '0912 345 678',
      message: 'Có giặt rèm không?',
      consent: 'yes',
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const sent = { intent: null, holdReason: null, network: null, now: NOW };
    const outcome = await acceptMessage(env, { message: parsed.message, ...sent });
    if (!('record' in outcome)) throw new Error(outcome.outcome);
    const path = (await customerPath(keys, outcome.record)).replace('/?', '/du-lieu/?');
    const me = new Visitor(NOW);
    const page = await me.follow(formOf(await me.openAll(path), 'withdraw'), { sure: 'yes' });
    expect(page.words).toContain('đã rút lúc');
    const row = await env.DB.prepare('select state from messages where id = ?')
      .bind(outcome.record.id)
      .first();
    expect(row).toEqual({ state: 'closed' });
    expect(await requestsOf(outcome.record.id)).toEqual([
      expect.objectContaining({ kind: 'withdraw', state: 'done' }),
    ]);
  });
});
