import { env } from 'cloudflare:workers';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { customerPath } from '../signing/links.ts';
import { transitionMessage } from '../records/message-transition.ts';
import { findMessage } from '../store/messages.ts';
import { formOf, type Page, Visitor } from '../test/browser.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { readDeliveries, submitBooking, submitMessage, readDatabase } from '../test/records.ts';
import { NOW } from '../test/fixtures.ts';

const keys = readLinkKeys(env.LINK_KEYS);
/** The company's number as the built page shows it. */
const HOTLINE = /0\d{3} \d{3} \d{3}/;

/** Any of the details that the booking form asks for. */
const PERSONAL = /Nguyễn Thị Hoa|12 Lê Lợi|0912 ?345|hoa@example|Cổng sau/;

async function arrange(
  now = NOW,
): Promise<{ id: string; code: string; path: string; me: Visitor }> {
  const record = await submitBooking();
  return { ...record, path: await customerPath(keys, record), me: new Visitor(now) };
}

async function rowOf(id: string) {
  return env.DB.prepare(
    'select state, version, visit_date, arrival_window from bookings where id = ?',
  )
    .bind(id)
    .first<{ state: string; version: number; visit_date: string; arrival_window: string }>();
}

describe('GET /don/<code>/', () => {
  test('shows state, code, phone and what happens next to the holder of the link', async () => {
    const { path, code, me } = await arrange();
    const page = await me.open(path);
    expect(page.status).toBe(200);
    expect(page.words).toContain(code);
    expect(page.words).toContain('Đã nhận, chờ xác nhận');
    expect(page.words).toContain('Chụp màn hình trang này');
    expect(page.words).toContain('0912 ••• •••');
    expect(page.text).not.toMatch(PERSONAL);
    expect(page.words).toMatch(HOTLINE);
    expect(page.words).toContain('Thứ Năm, 26/11/2026, 9:30–11:00');
    expect(page.headers.get('Cache-Control')).toBe('private, no-store');
    expect(page.headers.get('Referrer-Policy')).toBe('strict-origin');
    expect(page.text).toContain('noindex');
    expect(page.text).not.toMatch(/data-(text|attr|if|unless|each)/);
  });

  test('says before when we call, and that we are late', async () => {
    const { path, code, id, me } = await arrange();
    const inTime = 'Chúng tôi gọi trước 11:00, thứ Hai 23/11.';
    expect((await me.open(path)).words).toContain(inTime);
    const late = await new Visitor(later(NOW, { hours: 2, ms: 1 })).open(path);
    expect(late.words).toContain('Chúng tôi đã hẹn gọi trước 11:00, thứ Hai 23/11.');
    expect(late.words).toContain(`đọc mã ${code}`);
    await env.DB.prepare("update bookings set state = 'confirmed' where id = ?").bind(id).run();
    expect((await me.open(path)).words).not.toContain('gọi trước');
  });

  test('asks for the digits and shows nothing without a key', async () => {
    const { code, me } = await arrange();
    const page = await me.open(`/don/${code}/`);
    expect(page.status).toBe(200);
    expect(page.words).toContain('Bốn số cuối');
    expect(page.words).not.toMatch(/26\/11\/2026|Giặt|0912|chờ xác nhận/);
  });

  test.each([
    ['tampered', (path: string) => path.slice(0, -2) + (path.endsWith('AA') ? 'BB' : 'AA')],
    ['foreign', (path: string) => path.replace(/k=.*/, 'k=AAAAAAAAAAAAAAAAAAAAAA')],
  ])('answers a %s link with the number to call and nothing of the booking', async (_, spoil) => {
    const { path, me } = await arrange();
    const before = await readDatabase();
    const page = await me.open(spoil(path));
    expect(page.status).toBe(403);
    expect(page.words).toMatch(HOTLINE);
    expect(page.words).not.toMatch(/26\/11\/2026|Giặt ghế|chờ xác nhận/);
    expect(await readDatabase()).toBe(before);
  });

  test('asks for code and digits where the link was cut short', async () => {
    const page = await new Visitor(NOW).open('/don/TS-12/?k=ab');
    expect(page.status).toBe(404);
    expect(page.words).toContain('bị thiếu chữ khi sao chép');
    expect(page.words).toContain('Bốn số cuối');
  });

  test('answers the same for a code that is not there as for one whose link is wrong', async () => {
    const { code, me } = await arrange();
    const there = await me.open(`/don/${code}/?k=AAAAAAAAAAAAAAAAAAAAAA`);
    const absent = await me.open('/don/TS-0000000/?k=AAAAAAAAAAAAAAAAAAAAAA');
    expect(absent.status).toBe(there.status);
    expect(absent.text).toBe(there.text.replaceAll(code, 'TS-0000000'));
  });

  test('opens until 30 days after the visit and not longer', async () => {
    const { path } = await arrange();
    const end = later(new Date('2026-11-26T04:00:00.000Z'), { days: 30 });
    expect((await new Visitor(end).open(path)).status).toBe(200);
    const page = await new Visitor(later(end, { ms: 1 })).open(path);
    expect(page.status).toBe(410);
    expect(page.words).toMatch(HOTLINE);
    expect(page.words).not.toContain('26/11/2026');
  });

  test('shows the new form of a retired number beside the typed one', async () => {
    const record = await submitBooking({ phone: '0169 345 6789' });
    const page = await new Visitor(NOW).openAll(await customerPath(keys, record));
    expect(page.words).toContain('0393 456 789');
    expect(page.words).toContain('01693456789');
  });

  test('still says who cancelled once its details are erased', async () => {
    const { id, path, me } = await arrange();
    await me.follow(formOf(await me.open(path), 'cancel'), { sure: 'yes' });
    await eraseRecord(env, { id, cause: 'ended', actor: 'system', now: NOW });
    const page = await me.open(path);
    expect(page.words).toContain('không còn đọc được');
    expect(page.words).toContain('Anh/chị đã hủy đơn này');
    expect(page.words).not.toContain('Nhân viên chưa liên lạc được');
  });

  test('says so when the details have expired', async () => {
    const { id, path, me } = await arrange();
    await env.VAULT.delete(id);
    me.now = later(NOW, { minutes: 11 });
    const page = await me.open(path);
    expect(page.status).toBe(200);
    expect(page.words).toContain('không còn đọc được');
    // The page promises no call, since none can come.
    expect(page.words).toContain('chúng tôi không gọi hay gửi thư được');
    expect(page.words).not.toContain('Nhân viên gọi anh/chị');
  });
});

describe('POST /don/<code>/', () => {
  test('reschedules to a chosen window, and recognises a repeat', async () => {
    const { id, path, me } = await arrange();
    const form = formOf(await me.open(path), 'reschedule');
    const slot = form.radios.at(-1)?.value ?? '';
    const page = await me.follow(form, { slot });
    expect(page.words).toContain('Anh/chị đổi giờ lúc');
    const [date, window] = slot.split('/');
    const row = await rowOf(id);
    expect(row).toMatchObject({
      state: 'requested',
      version: 2,
      visit_date: date,
      arrival_window: window,
    });
    const { results } = await env.DB.prepare('select visit_date, arrival_window from seats').all();
    expect(results).toEqual([{ visit_date: date, arrival_window: window }]);
    const kinds = (await readDeliveries(id)).map(({ kind, status }) => `${kind} ${status}`);
    expect(kinds).toContain('job.rescheduled due');
    expect(kinds).toContain('booking.changed due');

    const before = await readDatabase();
    const again = await me.submit(form, { slot });
    expect(again.words).toContain('đã được ghi trước đó');
    expect(await readDatabase()).toBe(before);
  });

  test('shows the days from the one asked for, and links to all other spans of days', async () => {
    const { path, me } = await arrange();
    const [first, later] = [await me.open(path), await me.open(`${path}&from=2026-12-08`)];
    expect(first.words).toContain('Xa hơn: từ 8/12 từ 22/12');
    expect(later.words).toContain('Xa hơn: từ 24/11 từ 22/12');
    const days = (page: Page) =>
      formOf(page, 'reschedule').radios.flatMap(({ name, value }) => (name === 'day' ? value : []));
    expect(days(first).at(-1)).toBe('2026-12-07');
    expect(days(later)[0]).toBe('2026-12-08');
  });

  test('keeps the window chosen, its day open, where the change is not taken', async () => {
    const { path, me } = await arrange();
    const slot = '2026-12-10/chieu';
    const page = await me.submit(formOf(await me.open(path), 'reschedule'), { slot, token: 'old' });
    expect(page.status).not.toBe(303);
    expect(formOf(page, 'reschedule').values).toMatchObject({ slot, day: '2026-12-10' });
  });

  test('offers its own windows of another start and never a full or locked one', async () => {
    const { path, me } = await arrange();
    await env.DB.prepare('insert into window_locks values (?, ?, ?)')
      .bind('2026-11-27', 'sang', NOW.toISOString())
      .run();
    const slots = formOf(await me.open(path), 'reschedule').radios.map(({ value }) => value);
    expect(slots).toContain('2026-11-26/chieu');
    expect(slots).not.toContain('2026-11-26/sang');
    expect(slots).not.toContain('2026-11-27/sang');
  });

  test('answers 409 and changes nothing when the window has filled up meanwhile', async () => {
    const { path, me } = await arrange();
    const form = formOf(await me.open(path), 'reschedule');
    await env.DB.prepare('insert into window_locks values (?, ?, ?)')
      .bind('2026-11-27', 'sang', NOW.toISOString())
      .run();
    const before = await readDatabase();
    const page = await me.submit(form, { slot: '2026-11-27/sang' });
    expect(page.status).toBe(409);
    expect(page.words).toContain('vừa hết chỗ');
    expect(await readDatabase()).toBe(before);
  });

  test.each(['2026-11-23/chieu', '2026-11-29/sang', '2027-11-26/sang', '2026-11-26/dem', 'x', ''])(
    'refuses the start "%s" with a sentence',
    async (slot) => {
      const { path, me } = await arrange();
      const before = await readDatabase();
      const page = await me.submit(formOf(await me.open(path), 'reschedule'), { slot });
      expect(page.status).toBe(422);
      expect(await readDatabase()).toBe(before);
    },
  );

  test('cancels by a radio and a button, frees the seat, and recognises a repeat', async () => {
    const { id, path, me } = await arrange();
    const form = formOf(await me.open(path), 'cancel');
    const page = await me.follow(form, { sure: 'yes' });
    expect(page.words).toContain('Đã hủy');
    expect(page.words).toContain('Anh/chị đã hủy đơn này');
    expect(page.words).toContain('Gỡ khỏi lịch điện thoại');
    expect(page.words).toContain('Đặt lại như lần này');
    expect((await rowOf(id))?.state).toBe('cancelled');
    expect((await env.DB.prepare('select * from seats').all()).results).toEqual([]);
    const before = await readDatabase();
    const again = await me.submit(form, { sure: 'yes' });
    expect(again.status).toBe(200);
    expect(again.words).toContain('đã được ghi trước đó');
    expect(await readDatabase()).toBe(before);
  });

  test('lets a quarantined request be rescheduled and cancelled like any other', async () => {
    const { id, path, me } = await arrange();
    await env.DB.batch([
      env.DB.prepare("update bookings set state = 'held', hold_reason = 'links' where id = ?").bind(
        id,
      ),
      env.DB.prepare('delete from seats'),
    ]);
    const rescheduled = await me.follow(formOf(await me.open(path), 'reschedule'), {
      slot: '2026-11-27/sang',
    });
    expect(rescheduled.words).toContain('Đã nhận, chờ xác nhận');
    expect((await env.DB.prepare('select * from seats').all()).results).toEqual([]);
    const page = await me.follow(formOf(rescheduled, 'cancel'), { sure: 'yes' });
    expect(page.words).toContain('Đã hủy');
    expect((await rowOf(id))?.state).toBe('dropped');
  });

  test('two cancels at once are one', async () => {
    const { id, path, me } = await arrange();
    const form = formOf(await me.open(path), 'cancel');
    const answers = await Promise.all([1, 2, 3].map(() => me.submit(form, { sure: 'yes' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 303]);
    expect((await rowOf(id))?.version).toBe(2);
  });

  test('says to call when the notice period has begun', async () => {
    const { path } = await arrange();
    const start = new Date('2026-11-26T02:30:00.000Z');
    const early = new Visitor(later(start, { hours: -12 }));
    const form = formOf(await early.open(path), 'cancel');
    const late = new Visitor(later(start, { hours: -12, ms: 1 }));
    const page = await late.open(path);
    expect(page.words).toContain('quá hạn tự đổi hoặc hủy');
    expect(page.forms.flatMap(({ values }) => values['act'] ?? [])).toEqual(['open']);
    const before = await readDatabase();
    expect((await late.submit(form, { sure: 'yes' })).status).toBe(422);
    expect(await readDatabase()).toBe(before);
  });

  test('a token older than 30 minutes, forged or foreign changes nothing', async () => {
    const { path, me } = await arrange();
    const other = await submitBooking({ name: 'Trần Văn Nam' });
    const form = formOf(await me.open(path), 'cancel');
    const foreign = formOf(await me.open(await customerPath(keys, other)), 'cancel');
    const before = await readDatabase();
    const spoiled = { ...form.values, sure: 'yes', token: `${form.values['token']}A` };
    const pages = [
      await new Visitor(later(NOW, { minutes: 31 })).submit(form, { sure: 'yes' }),
      await me.post(form.action, spoiled),
      await me.post(form.action, { ...foreign.values, sure: 'yes' }),
      await me.post(form.action, { act: 'cancel', sure: 'yes' }),
    ];
    expect(pages.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
    for (const page of pages) {
      expect(page.words).toMatch(HOTLINE);
      expect(page.text).toContain('href="#huy"');
    }
    expect(await readDatabase()).toBe(before);
  });

  test('a change by staff meanwhile is shown, and the old page changes nothing', async () => {
    const { id, path, me } = await arrange();
    const form = formOf(await me.open(path), 'cancel');
    await me.follow(formOf(await me.open(path), 'reschedule'), { slot: '2026-11-27/sang' });
    const page = await me.submit(form, { sure: 'yes' });
    expect(page.status).toBe(409);
    expect((await rowOf(id))?.state).toBe('requested');
  });

  test('a scanner that submits every form as it stands changes nothing', async () => {
    const { path, code, me } = await arrange();
    const before = await readDatabase();
    for (const start of [path, `/don/${code}/`, '/don/']) {
      const page = await me.open(start);
      // Which day's windows are open asks for nothing.
      expect(page.text.replaceAll(/<input[^>]*name="day"[^>]*>/g, '')).not.toMatch(
        /<input[^>]*radio[^>]* checked/,
      );
      for (const form of page.forms) {
        const isPress = form.values['act'] === 'open';
        expect((await me.submit(form)).status).toBe(isPress ? 303 : 422);
      }
    }
    expect(await readDatabase()).toBe(before);
  });
});

describe('GET /don/<code>/lich.ics', () => {
  async function calendarOf(path: string, now = NOW) {
    const answer = await new Visitor(now).open(path.replace('/?', '/lich.ics?'));
    expect(answer.headers.get('Content-Type')).toContain('text/calendar');
    const calendar = new ICAL.Component(ICAL.parse(answer.text) as unknown[]);
    const event = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
    return { method: calendar.getFirstPropertyValue('method'), event };
  }

  test('is one event whose SEQUENCE follows the version, and is cancelled with the booking', async () => {
    const { id, path, me } = await arrange();
    const first = await calendarOf(path);
    expect(first.method).toBe('PUBLISH');
    expect(first.event.uid).toBe(`${id}@example.com`);
    expect(first.event.sequence).toBe(1);
    expect(first.event.startDate.toJSDate().toISOString()).toBe('2026-11-26T02:30:00.000Z');

    await me.follow(formOf(await me.open(path), 'reschedule'), { slot: '2026-11-27/chieu' });
    const second = await calendarOf(path);
    expect(second.event.sequence).toBe(2);
    expect(second.event.startDate.toJSDate().toISOString()).toBe('2026-11-27T06:30:00.000Z');

    await me.follow(formOf(await me.open(path), 'cancel'), { sure: 'yes' });
    const third = await calendarOf(path);
    expect(third.method).toBe('CANCEL');
    expect(third.event.uid).toBe(first.event.uid);
    expect(third.event.sequence).toBe(3);
  });

  test('is not given without the link', async () => {
    const { code, me } = await arrange();
    const answer = await me.open(`/don/${code}/lich.ics`);
    expect(answer.text).not.toContain('BEGIN:VCALENDAR');
  });
});

describe('the page of a message', () => {
  test('shows state, code and the day by which a complaint is answered', async () => {
    const record = await submitMessage();
    const page = await new Visitor(NOW).open(await customerPath(keys, record));
    expect(page.words).toContain(record.code);
    expect(page.words).toContain('Khiếu nại');
    expect(page.words).toMatch(/chậm nhất Thứ \S+, \d\d\/\d\d\/2026 \(7 ngày làm việc/);
    expect(page.words).not.toContain('Sofa còn vết bẩn');
    expect(page.headers.get('Cache-Control')).toBe('private, no-store');
  });

  test('says until it is closed by when each right is met', async () => {
    const record = await submitMessage({ kind: 'privacy' });
    const path = await customerPath(keys, record);
    const days =
      'Làm xong chậm nhất xem, sửa, nhận bản sao: 03/12/2026 rút đồng ý, hạn chế, phản đối: 08/12/2026 xóa: 13/12/2026';
    const open = await new Visitor(NOW).open(path);
    expect(open.words).toMatch(/lần đầu chậm nhất Thứ \S+, \d\d\/\d\d\/2026 \(2 ngày làm việc/);
    expect(open.words).toContain(days);
    for (const [transition, shown] of [
      ['answer', true],
      ['close', false],
    ] as const) {
      const message = await findMessage(env.DB, record.id);
      if (message === null) throw new Error('not stored');
      await transitionMessage(env, { message, transition, actor: 'staff', now: NOW });
      expect((await new Visitor(NOW).open(path)).words.includes(days)).toBe(shown);
    }
  });

  test('opens until its details would end, and then says that nobody can read them', async () => {
    const path = await customerPath(keys, await submitMessage());
    const end = later(NOW, { days: 180 });
    expect((await new Visitor(end).open(path)).status).toBe(200);
    const page = await new Visitor(later(end, { ms: 1 })).open(path);
    expect(page.status).toBe(410);
    expect(page.words).toContain('Tin nhắn này đã hết hạn lưu.');
    expect(page.words).not.toContain('ngày làm');
  });
});
