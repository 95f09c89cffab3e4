import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { openPerson, openKeyStore } from '../personal-data/key-store.ts';
import { customerPath, viewPath } from '../signing/links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { formOf, type Page, type PageForm, Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { count, readBooking, readDatabase, readMessage, submitBooking } from '../test/records.ts';

const keys = readLinkKeys(env.LINK_KEYS);
/** Half an hour into the window of a booking of tests. */
const UNDER_WAY = new Date('2026-11-26T03:00:00.000Z');
const PERSONAL = /Nguyễn Thị Hoa|12 Lê Lợi|0912 ?345|hoa@example|Cổng sau/;

async function arrange(state = 'requested', now = NOW) {
  const record = await submitBooking();
  await env.DB.prepare('update bookings set state = ?').bind(state).run();
  return { ...record, path: await customerPath(keys, record), me: new Visitor(now) };
}

function fieldForm(page: Page, field: string): PageForm {
  const form = page.forms.find(
    ({ values }) => values['act'] === 'correct' && values[field] !== undefined,
  );
  if (form === undefined) throw new Error(`No form for ${field}`);
  return form;
}

async function personOf(id: string) {
  const opened = await openPerson(openKeyStore(env), id, (await readBooking(id)).sealed);
  return opened.state === 'open' ? opened.person : null;
}

async function foundBy(code: string, digits: string): Promise<{ visitor: Visitor; path: string }> {
  const visitor = new Visitor(UNDER_WAY);
  const found = await visitor.post('/don/', { code, digits });
  return { visitor, path: found.headers.get('Location') ?? '' };
}

describe('a field put right in its row', () => {
  test('says at the top what it was and is, takes the focus, and leaves the rest', async () => {
    const { id, path, me } = await arrange();
    const answer = await me.submit(fieldForm(await me.openAll(path), 'phone'), {
      phone: '0912 345 679',
    });
    const location = answer.headers.get('Location') ?? '';
    expect(location).toBe(`${path}&xong=phone`);
    const page = await me.open(location);
    expect(page.words).toContain('Đã đổi số điện thoại. 0912 345 678 → nay là 0912 345 679');
    expect(page.text).toMatch(/<div class="notice"[^>]*tabindex="-1"[^>]* autofocus/);
    expect(page.words).toContain('Anh/chị sửa thông tin lúc Thứ Hai, 23/11/2026, 9:00');
    expect(await personOf(id)).toMatchObject({ phone: '+84912345679', note: 'Cổng sau' });
    expect((await readBooking(id)).services[0]?.quantity).toBe(2);
    // Whoever opens that address elsewhere learns neither number.
    expect((await new Visitor(NOW).open(location)).text).not.toMatch(/0912 345/);
  });

  test('is given back with its mistake, open and as typed', async () => {
    const { path, me } = await arrange();
    const page = await me.submit(fieldForm(await me.openAll(path), 'phone'), { phone: '09123' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('href="#phone"');
    expect(page.text).toMatch(/<input[^>]*id="phone"[^>]*value="09123"/);
    expect(page.text.match(/<dd class="edit[^>]*><details[^>]* open/g)).toHaveLength(1);
  });

  test('writes nothing where it is as it was', async () => {
    const { path, me } = await arrange();
    const form = fieldForm(await me.openAll(path), 'name');
    const before = await readDatabase();
    expect((await me.submit(form)).status).toBe(303);
    // What is counted of tries goes back to nothing.
    await env.DB.prepare('delete from tries').run();
    expect(await readDatabase()).toBe(before);
  });

  test('is not taken for another one that an older page sent', async () => {
    const { id, path, me } = await arrange();
    const page = await me.openAll(path);
    await me.submit(fieldForm(page, 'phone'), { phone: '0912 345 679' });
    const late = await me.submit(fieldForm(page, 'name'), { name: 'Trần Thị Lan' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('value="Trần Thị Lan"');
    expect(await personOf(id)).toMatchObject({ name: 'Nguyễn Thị Hoa', phone: '+84912345679' });
  });

  test('is not changed by a form that no press has opened', async () => {
    const { path, me } = await arrange();
    const { values } = formOf(await me.open(path), 'cancel');
    const before = await readDatabase();
    const fields = { act: 'correct', token: values['token'] ?? '', name: 'Trần Thị Lan' };
    expect((await me.post(path, fields)).status).toBe(422);
    expect(await readDatabase()).toBe(before);
  });
});

test('a new window is named beside the old one', async () => {
  const { path, me } = await arrange();
  const page = await me.follow(formOf(await me.open(path), 'reschedule'), {
    slot: '2026-11-27/chieu',
  });
  expect(page.words).toContain('Đã đổi ngày giờ. Thứ Năm, 26/11/2026, 9:30–11:00 → nay là Thứ Sáu');
});

test('one press cancels once the details are open, and one choice more before', async () => {
  const { id, path, me } = await arrange();
  expect(formOf(await me.open(path), 'cancel').values['sure']).toBeUndefined();
  const page = await me.openAll(path);
  expect(page.words).toMatch(/Hủy đơn TS-/);
  expect((await me.follow(formOf(page, 'cancel'))).words).toContain('Đã hủy.');
  expect((await readBooking(id)).state).toBe('cancelled');
});

test('what to prepare is that of the service, and until the visit', async () => {
  const { path, me } = await arrange('confirmed');
  expect((await me.open(path)).words.match(/Chuẩn bị gì/g)).toHaveLength(1);
  me.now = UNDER_WAY;
  expect((await me.open(path)).words).not.toContain('Chuẩn bị gì');
});

describe('the link to hand on', () => {
  test('shows state, day, window and ward, changes nothing and opens nothing else', async () => {
    const { id, code, path, me } = await arrange('confirmed');
    const view = await viewPath(keys, { id, code });
    expect((await me.openAll(path)).text).toContain(`href="${view}"`);
    for (const visitor of [me, new Visitor(NOW)]) {
      const page = await visitor.open(view);
      expect(page.status).toBe(200);
      expect(page.words).toContain('Đã xác nhận');
      expect(page.words).toContain('Thứ Năm, 26/11/2026, 9:30–11:00');
      expect(page.words).toContain('Phường Trường Vinh');
      expect(page.text).not.toMatch(PERSONAL);
      expect(page.words).not.toContain(code);
      expect(page.forms).toEqual([]);
    }
    const before = await readDatabase();
    const form = formOf(await me.openAll(path), 'cancel');
    expect((await me.post(view, { ...form.values, sure: 'yes' })).status).toBe(403);
    expect((await me.post(view, { act: 'open' })).headers.getSetCookie()).toEqual([]);
    expect((await me.open(view.replace('/?', '/du-lieu/?'))).status).toBe(403);
    expect((await me.open(view.replace('/?', '/lich.ics?'))).status).toBe(404);
    expect(await readDatabase()).toBe(before);
  });

  test.each(['own', 'view'])('previews the company’s name only (%s)', async (which) => {
    const record = await arrange('confirmed');
    const path = which === 'own' ? record.path : await viewPath(keys, record);
    const { text } = await record.me.open(path);
    const named = [...text.matchAll(/<meta property="og:[^"]*" content="([^"]*)"/g)];
    expect(new Set(named.map(([, content]) => content))).toEqual(
      new Set(['Công ty Dịch vụ Kiểm Thử']),
    );
  });
});

test('a visit that was only to look does not read as the work done', async () => {
  const { path, me } = await arrange('completed', UNDER_WAY);
  await env.DB.prepare("update bookings set visit = 'survey'").run();
  const { words } = await me.open(path);
  expect(words).toContain('Đội đã đến xem.');
  expect(words).not.toMatch(/Đã làm xong|Đội đã làm xong/);
});

describe('from the start of the window', () => {
  test.each([
    [UNDER_WAY, 'Đang trong khung giờ đội đến'],
    [later(UNDER_WAY, { hours: 1 }), 'Đã qua khung giờ đội đến'],
  ])('nobody is said to be at work who has not said so (%s)', async (at, words) => {
    const { path, me } = await arrange('confirmed', at);
    expect((await me.open(path)).words).toContain(words);
  });

  test('the record says so and takes what went wrong, with name and number known', async () => {
    const { code, path, me } = await arrange('confirmed', UNDER_WAY);
    const page = await me.open(path);
    expect(page.words).toContain('Đang trong khung giờ đội đến');
    expect(page.words).not.toMatch(/quá hạn tự đổi|Lưu vào lịch/);
    expect(page.words).toContain('Chúng tôi trả lời chậm nhất Thứ Hai, 07/12/2026');
    const form = formOf(page, 'report');
    const sent = { trouble: 'broken', more: 'Bình hoa ở phòng khách' };
    const told = await me.follow(form, sent);
    expect(told.words).toContain('Khiếu nại');
    expect(told.words).toContain('chậm nhất Thứ Hai, 07/12/2026');
    expect(told.words).toContain('Nguyễn Thị Hoa');
    expect(told.words).toContain('Làm vỡ hoặc hỏng đồ. Bình hoa ở phòng khách');
    const row = await env.DB.prepare('select id from messages').first<{ id: string }>();
    const message = await readMessage(row?.id ?? '');
    expect(message).toMatchObject({ bookingCode: code, state: 'open', isGenuine: true });
    // Pressed twice, it is one message.
    await me.submit(form, sent);
    expect(await count('messages')).toBe(1);
  });

  test('links with unseen characters in them are counted as links', async () => {
    const { path, me } = await arrange('completed', UNDER_WAY);
    const more = ['a', 'b', 'c'].map((name) => `ht\u200Btps:\u2060//${name}.example/x`).join(' ');
    await me.submit(formOf(await me.open(path), 'report'), { trouble: 'other', more });
    expect(await count('messages', "state = 'held'")).toBe(1);
  });

  test('nothing is taken that names no trouble, and what was typed stays', async () => {
    const { path, me } = await arrange('completed', UNDER_WAY);
    const page = await me.submit(formOf(await me.open(path), 'report'), { more: 'Còn vết' });
    expect(page.status).toBe(422);
    expect(page.text).toMatch(/<textarea[^>]*name="more"[^>]*>Còn vết</);
    expect(await count('messages')).toBe(0);
  });

  test('nothing is taken before it', async () => {
    const { path, me } = await arrange('confirmed');
    const { values } = formOf(await me.open(path), 'cancel');
    const sent = { act: 'report', trouble: 'nobody', token: values['token'] ?? '' };
    expect((await me.post(path, sent)).status).toBe(409);
    expect(await count('messages')).toBe(0);
  });

  test('a link that the whole number led to sends what delays no erasure, and one of four digits none', async () => {
    const { code } = await arrange('confirmed');
    const phone = await foundBy(code, '0912 345 678');
    const form = formOf(await phone.visitor.open(phone.path), 'report');
    expect((await phone.visitor.submit(form, { trouble: 'nobody' })).status).toBe(303);
    expect(await count('messages', 'genuine = 1')).toBe(0);
    const digits = await foundBy(code, '5678');
    const page = await digits.visitor.open(digits.path);
    expect(page.forms.map(({ values }) => values['act'])).not.toContain('report');
    expect(page.text).toContain('href="/lien-he/?kind=complaint');
  });

  test('a day takes ten changes of the window, and a repeat is none', async () => {
    const { code, id, path, me } = await arrange();
    const form = formOf(await me.open(path), 'reschedule');
    const slots = form.radios.filter(({ name }) => name === 'slot');
    const [first, second] = slots.map(({ value }) => value);
    const move = async (slot = '') =>
      (await me.submit(formOf(await me.open(path), 'reschedule'), { slot })).status;
    expect(await move(first)).toBe(303);
    expect((await me.submit(form, { slot: first ?? '' })).status).toBe(200);
    await env.DB.prepare('update tries set count = count + 8 where name = ?')
      .bind(`reschedule:${code}`)
      .run();
    expect([await move(second), await move(first)]).toEqual([303, 429]);
    const { visitDate, window } = await readBooking(id);
    expect(`${visitDate}/${window}`).toBe(second);
  });

  test('a day takes ten reports of one record', async () => {
    const { path, me } = await arrange('confirmed', UNDER_WAY);
    const form = formOf(await me.open(path), 'report');
    const answers: number[] = [];
    for (let at = 0; at < 11; at += 1) {
      answers.push((await me.submit(form, { trouble: 'other', more: `Lần ${at}` })).status);
    }
    expect(answers).toEqual([...Array.from({ length: 10 }, () => 303), 429]);
  });
});

describe('the same again', () => {
  test.each(['completed', 'cancelled'])(
    'is asked for from a %s one by day and consent',
    async (state) => {
      const { id, path, me } = await arrange(state);
      expect((await me.open(path)).text).toContain(path.replace('/?', '/dat-lai/?'));
      const page = await me.open(path.replace('/?', '/dat-lai/?'));
      expect(page.status).toBe(200);
      expect(page.text).not.toMatch(PERSONAL);
      const [form] = page.forms;
      if (form === undefined) throw new Error('No form');
      me.now = later(NOW, { minutes: 1 });
      const missing = await me.submit(form, {});
      expect(missing.status).toBe(422);
      expect(missing.text).toContain('href="#window"');
      expect(missing.text).toContain('href="#consent"');
      const sent = await me.submit(form, { slot: '2026-11-27/sang', consent: 'yes' });
      expect(sent.status).toBe(303);
      const again = await me.open(sent.headers.get('Location') ?? '');
      expect(again.words).toContain('Thứ Sáu, 27/11/2026');
      for (const words of ['Nguyễn Thị Hoa', '0912 345 678', '12 Lê Lợi', 'Cổng sau', '2 bộ']) {
        expect(again.words).toContain(words);
      }
      expect(await count('bookings', "state = 'requested' and ward = '16690'")).toBe(1);
      expect(await count('receipts', `subject_id <> '${id}'`)).toBe(1);
      // Sent twice, it is one request.
      expect((await me.submit(form, { slot: '2026-11-27/sang', consent: 'yes' })).status).toBe(303);
      expect(await count('bookings')).toBe(2);
    },
  );

  test('is offered by the own link only, and not while the visit is to come', async () => {
    const { code, path, me } = await arrange();
    const answer = await me.open(path.replace('/?', '/dat-lai/?'));
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, path]);
    await env.DB.prepare("update bookings set state = 'completed'").run();
    for (const digits of ['5678', '0912 345 678']) {
      const found = await foundBy(code, digits);
      const page = await found.visitor.open(found.path);
      expect(page.text).toContain('href="/dat-lich/?service=giat-ghe-sofa"');
      const asked = await found.visitor.open(found.path.replace('/?', '/dat-lai/?'));
      expect(asked.status).toBe(303);
    }
  });

  test('gives other windows where the chosen one has filled up', async () => {
    const { path, me } = await arrange('completed');
    const [form] = (await me.open(path.replace('/?', '/dat-lai/?'))).forms;
    if (form === undefined) throw new Error('No form');
    await env.DB.prepare('insert into window_locks values (?, ?, ?)')
      .bind('2026-11-27', 'sang', NOW.toISOString())
      .run();
    me.now = later(NOW, { minutes: 1 });
    const page = await me.submit(form, { slot: '2026-11-27/sang', consent: 'yes' });
    expect(page.status).toBe(409);
    expect(page.text).toMatch(/href="#slot-2026-11-2\d-/);
    expect(page.text).toMatch(/name="consent"[^>]* checked/);
  });
});
