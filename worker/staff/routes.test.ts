import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later, fromVietnam } from '../../shared/time.ts';
import { customerPath } from '../signing/links.ts';
import { staffPath } from '../signing/staff-links.ts';
import { staffSigning } from '../test/staff.ts';
import { listDisclosures } from '../store/disclosures.ts';
import { formOf, Visitor } from '../test/browser.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { readDatabase, readDeliveries, submitBooking, submitMessage } from '../test/records.ts';
import { type FieldChanges, NOW } from '../test/fixtures.ts';

const keys = readLinkKeys(env.LINK_KEYS);
const HOTLINE = '0859 363 789';
const PERSONAL = /Nguyễn Thị Hoa|12 Lê Lợi|0912 345 678|\+84912345678|Cổng sau|hoa@example/;

async function arrange(changes: FieldChanges = {}) {
  const record = await submitBooking(changes);
  return { ...record, path: await staffPath(staffSigning(), record), me: new Visitor(NOW) };
}

async function arrangeHeld() {
  const arranged = await arrange();
  await env.DB.batch([
    env.DB.prepare("update bookings set state = 'held', hold_reason = 'links' where id = ?").bind(
      arranged.id,
    ),
    env.DB.prepare('delete from seats'),
    env.DB.prepare('delete from deliveries'),
  ]);
  return arranged;
}

async function arrangeMessage() {
  const record = await submitMessage();
  return { ...record, path: await staffPath(staffSigning(), record), me: new Visitor(NOW) };
}

async function rowOf(id: string) {
  return env.DB.prepare('select * from bookings where id = ?')
    .bind(id)
    .first<{ state: string; version: number; visit_date: string; arrival_window: string }>();
}

async function seats() {
  const { results } = await env.DB.prepare('select visit_date, arrival_window from seats').all();
  return results.map((seat) => `${String(seat['visit_date'])}/${String(seat['arrival_window'])}`);
}

describe('GET /viec/<token>/', () => {
  test('shows the job and a masked number, and nothing of the person', async () => {
    const { path, code, me } = await arrange();
    const before = await readDatabase();
    const page = await me.open(path);
    expect(page.status).toBe(200);
    for (const words of [
      code,
      'Giặt ghế sofa tại nhà',
      '2 bộ',
      'Phường Trường Vinh',
      'Chờ xác nhận',
    ])
      expect(page.words).toContain(words);
    expect(page.words).toContain('Thứ Năm, 26/11/2026, 9:30–11:00');
    expect(page.words).toContain('0912 ••• •••');
    expect(page.text).not.toMatch(PERSONAL);
    expect(page.text).not.toMatch(/<script(?! type="speculationrules")/);
    expect(page.text).not.toMatch(/data-(text|attr|if|unless|each)/);
    expect(page.text.match(/<main/g)).toHaveLength(1);
    expect(page.headers.get('Cache-Control')).toBe('private, no-store');
    expect(page.headers.get('Set-Cookie')).toBeNull();
    const head = await me.open(path, 'HEAD');
    expect(head.status).toBe(200);
    expect(head.text).toBe('');
    expect(await readDatabase()).toBe(before);
  });

  test.each([
    ['tampered', (path: string) => path.replace(/.{3}\/$/, 'AAA/')],
    ['foreign', (path: string) => path.replace(/\.[^/]+/, '.AAAAAAAAAAAAAAAAAAAAAA')],
    ['unknown', () => '/viec/TS-0000000.AAAAAAAAAAAAAAAAAAAAAA/'],
    ['shapeless', () => '/viec/x/'],
  ])('answers a %s link with the number to call', async (_, spoil) => {
    const { path, me } = await arrange();
    const before = await readDatabase();
    for (const page of [
      await me.open(spoil(path)),
      await me.post(spoil(path), { act: 'confirm' }),
    ]) {
      expect(page.status).toBe(403);
      expect(page.words).toContain(HOTLINE);
      expect(page.words).not.toMatch(/26\/11\/2026|Giặt ghế sofa tại nhà/);
    }
    expect(await readDatabase()).toBe(before);
  });

  test("does not open with a customer's key or another job's", async () => {
    const { path, code, me } = await arrange();
    const other = await submitBooking({ name: 'Trần Văn Nam' });
    const foreign = (await staffPath(staffSigning(), other)).replace(other.code, code);
    expect(foreign).not.toBe(path);
    expect((await me.open(foreign)).status).toBe(403);
  });

  test('opens until 24 hours after the window and not longer', async () => {
    const { path } = await arrange();
    const end = later(new Date('2026-11-26T04:00:00.000Z'), { hours: 24 });
    expect((await new Visitor(end).open(path)).status).toBe(200);
    const page = await new Visitor(later(end, { ms: 1 })).open(path);
    expect(page.status).toBe(410);
    expect(page.words).toContain(HOTLINE);
  });
});

describe('opening the details', () => {
  test('writes one row of the ledger and shows what it names for 30 minutes', async () => {
    const { id, path, me } = await arrange();
    const answer = await me.submit(formOf(await me.open(path), 'open'), { sure: 'yes' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe(path);
    const cookie = answer.headers.get('Set-Cookie') ?? '';
    for (const part of [`Path=${path}`, 'HttpOnly', 'SameSite=Strict', 'Secure', 'Max-Age=1800'])
      expect(cookie).toContain(part);
    const { results } = await env.DB.prepare('select * from disclosures').all();
    expect(results).toMatchObject([
      {
        subject_id: id,
        recipient: 'office',
        kind: 'opened',
        fields: '["name","phone","email","address","note"]',
        result: 'opened',
        at: NOW.toISOString(),
      },
    ]);

    const page = await me.open(path);
    expect(page.words).toContain('Nguyễn Thị Hoa');
    expect(page.words).toContain('12 Lê Lợi, Phường Trường Vinh');
    expect(page.words).toContain('Cổng sau');
    expect(page.text).toContain('href="tel:+84912345678"');
    expect(page.text).toContain('href="https://zalo.me/0912345678"');
    expect(page.text).toMatch(
      /href="https:\/\/www\.google\.com\/maps\/search\/\?api=1&(amp;)?query=12/,
    );
    const copied = /<textarea[^>]*readonly[^>]*>([^<]*)/.exec(page.text)?.[1] ?? '';
    expect(copied).toContain('Nguyễn Thị Hoa\n0912 345 678\n12 Lê Lợi, Phường Trường Vinh');
    expect(copied).toMatch(/^Thứ Năm, 26\/11\/2026, 9:30–11:00 · Giặt ghế sofa tại nhà/);
    expect(copied).not.toMatch(/@|Cổng sau|TS-/);
    expect((await env.DB.prepare('select * from disclosures').all()).results).toHaveLength(1);

    me.now = later(NOW, { minutes: 31 });
    expect((await me.open(path)).text).not.toMatch(PERSONAL);
    expect((await new Visitor(NOW).open(path)).text).not.toMatch(PERSONAL);
  });

  test('offers no Zalo chat with a landline', async () => {
    const { path, me } = await arrange({ phone: '0238 3844 444' });
    await me.submit(formOf(await me.open(path), 'open'), { sure: 'yes' });
    const { text } = await me.open(path);
    expect(text).toContain('href="tel:+842383844444"');
    expect(text).not.toContain('zalo.me/0');
  });

  test('counts for one job only', async () => {
    const { path, me } = await arrange();
    const other = await submitBooking({ name: 'Trần Văn Nam', phone: '0987 654 321' });
    const opened = await me.submit(formOf(await me.open(path), 'open'), { sure: 'yes' });
    const [pair = ''] = (opened.headers.get('Set-Cookie') ?? '').split(';');
    const elsewhere = await staffPath(staffSigning(), other);
    const page = await new Visitor(NOW, pair).open(elsewhere);
    expect(page.text).not.toContain('Trần Văn Nam');
  });

  test.each([
    ['a job', arrange],
    ['a message', arrangeMessage],
  ])('writes nothing and gives no cookie when the details of %s have ended', async (_, make) => {
    const { id, path, me } = await make();
    const form = formOf(await me.open(path), 'open');
    await env.VAULT.delete(id);
    me.now = later(NOW, { minutes: 11 });
    const answer = await me.submit(form, { sure: 'yes' });
    expect([answer.status, answer.headers.get('Set-Cookie')]).toEqual([410, null]);
    expect(answer.words).toContain('đã xóa');
    expect((await env.DB.prepare('select * from disclosures').all()).results).toEqual([]);
  });
});

describe('a scanner', () => {
  test.each([
    ['a requested job', 7, arrange],
    ['a quarantined one', 4, arrangeHeld],
    [
      'a message',
      4,
      async () => {
        const record = await submitMessage();
        return { ...record, path: await staffPath(staffSigning(), record), me: new Visitor(NOW) };
      },
    ],
  ])('that submits every form of %s as it stands changes nothing', async (_, forms, given) => {
    const { path, me } = await given();
    const before = await readDatabase();
    const page = await me.open(path);
    expect(page.forms).toHaveLength(forms);
    // The day decides only which windows are shown.
    const chosen = page.text.match(/<input[^>]*radio[^>]* checked[^>]*>/g) ?? [];
    expect(chosen.filter((input) => !input.includes(' name="day" '))).toEqual([]);
    for (const form of page.forms) {
      const answer = await me.submit(form);
      expect(answer.status).toBe(422);
      expect(answer.headers.get('Set-Cookie')).toBeNull();
      expect(answer.text).not.toMatch(PERSONAL);
      expect(answer.text).not.toContain('Sofa còn vết bẩn');
    }
    expect(await readDatabase()).toBe(before);
  });
});

describe('the actions on a job', () => {
  test('confirms, recognises a repeat, and undoes it within ten minutes', async () => {
    const { id, path, me } = await arrange();
    const form = formOf(await me.open(path), 'confirm');
    const confirmed = await me.follow(form, { sure: 'yes' });
    expect(confirmed.words).toContain('Đã xác nhận');
    const deliveries = (await readDeliveries(id)).filter(({ kind }) => kind === 'job.confirmed');
    expect(deliveries).toMatchObject([
      { next_attempt_at: later(NOW, { minutes: 10 }).toISOString() },
    ]);

    const before = await readDatabase();
    const again = await me.submit(form, { sure: 'yes' });
    expect(again.status).toBe(200);
    expect(again.words).toContain('đã được ghi trước đó');
    expect(await readDatabase()).toBe(before);

    me.now = later(NOW, { minutes: 9 });
    const undone = await me.follow(formOf(await me.open(path), 'undoConfirm'), { sure: 'yes' });
    expect(undone.words).toContain('Chờ xác nhận');
    expect(await rowOf(id)).toMatchObject({ state: 'requested', version: 3 });
    expect(await seats()).toEqual(['2026-11-26/sang']);
  });

  test('has no undo after ten minutes, not even for a page opened before', async () => {
    const { id, path, me } = await arrange();
    const page = await me.follow(formOf(await me.open(path), 'confirm'), { sure: 'yes' });
    me.now = later(NOW, { minutes: 10 });
    const late = await me.submit(formOf(page, 'undoConfirm'), { sure: 'yes' });
    expect(late.status).toBe(409);
    expect(late.words).toContain('Đã quá giờ rút lại');
    expect(late.words).not.toContain('thay đổi khác');
    expect((await rowOf(id))?.state).toBe('confirmed');
    expect((await me.open(path)).forms.map(({ values }) => values['act'])).not.toContain(
      'undoConfirm',
    );
  });

  test('declines with a reason of the list that the customer reads, and undoes it', async () => {
    const { id, path, me } = await arrange();
    const form = formOf(await me.open(path), 'decline');
    expect((await me.submit(form, { reason: 'khác' })).status).toBe(422);
    const page = await me.follow(form, { reason: 'full' });
    expect(page.words).toContain('Đã từ chối');
    expect(page.words).toContain('kín lịch');
    expect(await seats()).toEqual(['2026-11-26/sang']);
    await me.follow(formOf(page, 'undoDecline'), { sure: 'yes' });
    expect((await rowOf(id))?.state).toBe('requested');
  });

  test('sets another window, which gives up the seat and takes the new one', async () => {
    const { path, me } = await arrange();
    const form = formOf(await me.open(path), 'reschedule');
    const page = await me.follow(form, { slot: '2026-11-24/chieu' });
    expect(page.words).toContain('Thứ Ba, 24/11/2026, 13:30–15:00');
    expect(await seats()).toEqual(['2026-11-24/chieu']);
  });

  test('completes a confirmed job once its time has come, and not before', async () => {
    const { id, path, me } = await arrange();
    const confirmed = await me.follow(formOf(await me.open(path), 'confirm'), { sure: 'yes' });
    expect(confirmed.forms.map(({ values }) => values['act'])).not.toContain('complete');
    me.now = fromVietnam('2026-11-26', '09:30');
    const form = formOf(await me.open(path), 'complete');
    me.now = fromVietnam('2026-11-26', '09:29');
    const early = await me.submit(form, { sure: 'yes' });
    expect(early.status).toBe(422);
    expect(early.words).toContain('chưa đến giờ');
    expect((await rowOf(id))?.state).toBe('confirmed');
    me.now = fromVietnam('2026-11-26', '09:31');
    await me.follow(form, { sure: 'yes' });
    expect((await rowOf(id))?.state).toBe('completed');
  });

  test('cancels for the company with a reason and frees the seat', async () => {
    const { id, path, me } = await arrange();
    const page = await me.follow(formOf(await me.open(path), 'cancel'), { reason: 'crew' });
    expect(page.words).toContain('Đã hủy');
    expect(page.words).toContain('công ty');
    expect((await rowOf(id))?.state).toBe('cancelled');
    expect(await seats()).toEqual([]);
  });

  test('an action token that is old, forged, the customer’s or of another job changes nothing', async () => {
    const { path, me, ...record } = await arrange();
    const other = await submitBooking({ name: 'Trần Văn Nam' });
    const page = await me.open(path);
    const foreign = formOf(await me.open(await staffPath(staffSigning(), other)), 'confirm');
    const customers = formOf(await me.open(await customerPath(keys, record)), 'cancel');
    const before = await readDatabase();
    for (const act of ['confirm', 'open']) {
      const form = formOf(page, act);
      const late = new Visitor(later(NOW, { minutes: 31 }));
      const answers = [
        await late.submit(form, { sure: 'yes' }),
        await me.submit(form, { sure: 'yes', token: 'x.y' }),
        await me.submit(form, { sure: 'yes', token: foreign.values['token'] ?? '' }),
        await me.submit(form, { sure: 'yes', token: customers.values['token'] ?? '' }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
      for (const answer of answers) {
        expect(answer.words).toContain(HOTLINE);
        expect(answer.headers.get('Set-Cookie')).toBeNull();
      }
    }
    expect(await readDatabase()).toBe(before);
  });

  test('ten confirms at once are one', async () => {
    const { id, path, me } = await arrange();
    const form = formOf(await me.open(path), 'confirm');
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => me.submit(form, { sure: 'yes' })),
    );
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ words }) => words.includes('đã được ghi trước đó'))).toHaveLength(9);
    expect(await rowOf(id)).toMatchObject({ state: 'confirmed', version: 2 });
  });
});

describe('a quarantined job', () => {
  test('says why, and release takes a free seat and forwards it', async () => {
    const { id, path, me } = await arrangeHeld();
    const page = await me.open(path);
    expect(page.words).toContain('nhiều đường dẫn');
    await me.follow(formOf(page, 'release'), { sure: 'yes' });
    expect((await rowOf(id))?.state).toBe('requested');
    expect(await seats()).toEqual(['2026-11-26/sang']);
    expect((await readDeliveries(id)).map(({ kind }) => kind)).toContain('job.requested');
  });

  test('asks for another window when its own has no seat, and takes that one', async () => {
    const { id, path, me } = await arrangeHeld();
    await env.DB.prepare('insert into window_locks values (?, ?, ?)')
      .bind('2026-11-26', 'sang', NOW.toISOString())
      .run();
    const full = await me.submit(formOf(await me.open(path), 'release'), { sure: 'yes' });
    expect(full.status).toBe(409);
    expect((await rowOf(id))?.state).toBe('held');
    const elsewhere = full.forms.find(({ radios }) => radios.some(({ name }) => name === 'slot'));
    expect(elsewhere?.values['act']).toBe('release');
    if (elsewhere !== undefined) await me.follow(elsewhere, { slot: '2026-11-27/sang' });
    expect(await rowOf(id)).toMatchObject({ state: 'requested', visit_date: '2026-11-27' });
    expect(await seats()).toEqual(['2026-11-27/sang']);
  });
});

describe('a message', () => {
  test('is opened, answered and closed, and its link ends a day later', async () => {
    const record = await submitMessage();
    const path = await staffPath(staffSigning(), record);
    const me = new Visitor(NOW);
    const page = await me.open(path);
    expect(page.words).toContain('Khiếu nại');
    expect(page.words).toMatch(/Trả lời chậm nhất Thứ/);
    expect(page.words).toContain('0912 ••• •••');
    expect(page.words).not.toContain('Sofa còn vết bẩn');
    const opened = await me.follow(formOf(page, 'open'), { sure: 'yes' });
    expect(opened.words).toContain('Sofa còn vết bẩn');
    const { results } = await env.DB.prepare('select fields from disclosures').all();
    expect(results).toEqual([{ fields: '["name","phone","message"]' }]);

    const answered = await me.follow(formOf(opened, 'answer'), { sure: 'yes' });
    expect(answered.words).toContain('Đã trả lời');
    expect((await me.submit(formOf(opened, 'answer'), { sure: 'yes' })).words).toContain(
      'đã được ghi trước đó',
    );
    const closed = await me.follow(formOf(answered, 'close'), { sure: 'yes' });
    expect(closed.words).toContain('Đã kết thúc');
    me.now = later(NOW, { hours: 24 });
    expect((await me.open(path)).status).toBe(200);
    me.now = later(NOW, { hours: 24, ms: 1 });
    expect((await me.open(path)).status).toBe(410);
  });

  test('that was quarantined is released', async () => {
    const record = await submitMessage();
    await env.DB.prepare("update messages set state = 'held', hold_reason = 'links'").run();
    const me = new Visitor(NOW);
    const page = await me.open(await staffPath(staffSigning(), record));
    const released = await me.follow(formOf(page, 'release'), { sure: 'yes' });
    expect(released.words).toContain('Chờ trả lời');
  });
});

describe('an opening by staff', () => {
  const values = {
    name: 'Nguyễn Thị Hoa',
    phone: '0912 345 678',
    email: 'hoa@example.org',
    address: '12 Lê Lợi',
    note: 'Cổng sau',
  };

  test.each([{}, { email: '' }, { note: '' }, { email: '', note: '' }])(
    'stands in the ledger with exactly the fields that the page shows, without %o',
    async (left) => {
      const record = await submitBooking(left);
      const me = new Visitor(NOW);
      const path = await staffPath(staffSigning(), record);
      const page = await me.follow(formOf(await me.open(path), 'open'), { sure: 'yes' });
      const shown = Object.entries(values).filter(([, value]) => page.words.includes(value));
      const [opening] = await listDisclosures(env.DB, record.id);
      expect(opening).toMatchObject({ recipient: 'office', kind: 'opened', result: 'opened' });
      expect(opening?.fields.toSorted()).toEqual(shown.map(([field]) => field).toSorted());
    },
  );
});
