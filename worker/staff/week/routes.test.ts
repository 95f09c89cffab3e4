import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../../shared/time';
import { freshStaffPath, weekPath } from '../../signing/staff-links.ts';
import { staffSigning } from '../../test/staff.ts';
import { transitionBooking } from '../../records/booking-transition';
import { type Page, type PageForm, Visitor } from '../../test/browser';
import { NOW } from '../../test/fixtures';
import { readDatabase, count, readBooking, submitBooking } from '../../test/records';

const HOTLINE = '0859 363 789';

async function openWeek(query = '') {
  const path = await weekPath(staffSigning());
  const me = new Visitor(NOW);
  return { path, me, page: await me.open(`${path}${query}`) };
}

/** The form of a day that offers a radio with the value given. */
function formWith(page: Page, value: string, date?: string): PageForm {
  const form = page.forms.find(
    ({ radios, values }) =>
      radios.some((radio) => radio.value === value) &&
      (date === undefined || values['date'] === date),
  );
  if (form === undefined) throw new Error(`No form offers ${value}`);
  return form;
}

describe('GET /viec/lich/<token>/', () => {
  test('shows seats, jobs and what waits, and nothing of a person', async () => {
    const first = await submitBooking({ date: '2026-11-25', window: 'sang' });
    const long = await submitBooking({
      date: '2026-11-25',
      window: 'sang',
      service: 've-sinh-sau-xay-dung',
    });
    await transitionBooking(env, {
      booking: long,
      transition: 'confirm',
      actor: 'staff',
      now: NOW,
    });
    const held = await submitBooking({ date: '2026-11-26' }, { holdReason: 'links' });
    const before = await readDatabase();
    const { page, me, path } = await openWeek();
    expect(page.status).toBe(200);
    expect(page.headers.get('Cache-Control')).toBe('private, no-store');
    expect(page.words).toContain('Lịch tuần 23/11/2026 – 29/11/2026');
    expect(page.words).toContain('Thứ Tư, 25/11/2026 Sáng sớm, 7:30–9:00 0/3 chỗ · còn 3');
    expect(page.words).toContain('Sáng, 9:30–11:00 2/3 chỗ · còn 1');
    expect(page.words).toContain(`${long.code} (tiếp từ khung trước) Vệ sinh sau xây dựng`);
    expect(page.words).toContain('Chủ Nhật, 29/11/2026 Không nhận việc ngày này.');
    expect(page.text).toContain(await freshStaffPath(staffSigning(), first));
    expect(page.text).toContain(await freshStaffPath(staffSigning(), held));
    expect(page.words).toContain('Ghi chú có nhiều đường dẫn');
    expect(page.text).not.toMatch(/Nguyễn|Lê Lợi|912 ?345 ?678/);
    expect(page.text).not.toMatch(/data-(text|attr|if|unless|each|choose)=/);
    expect(page.text).not.toMatch(/<script(?! type="(?:speculationrules|module)")/);
    expect((await me.open(path, 'HEAD')).status).toBe(200);
    expect(await readDatabase()).toBe(before);
  });

  test('goes from week to week, and an unreadable day is today', async () => {
    const { page } = await openWeek('?from=2026-12-28');
    expect(page.words).toContain('28/12/2026 – 03/01/2027');
    expect(page.words).toContain('Thứ Sáu, 01/01/2027 Nghỉ: Tết Dương lịch');
    expect(page.text).toContain('?from=2026-12-21');
    expect(page.text).toContain('?from=2027-01-04');
    for (const from of ['2026-02-31', '1999-01-01', '2030-01-01', 'x'])
      expect((await openWeek(`?from=${from}`)).page.words).toContain('23/11/2026 – 29/11/2026');
  });

  test('links no further than there are days to show', async () => {
    const last = (await openWeek('?from=2027-01-04')).page;
    expect(last.words).not.toContain('7 ngày sau');
    expect(last.words).toContain('7 ngày trước');
    const first = (await openWeek('?from=2026-09-28')).page;
    expect(first.words).toContain('7 ngày sau');
    expect(first.words).not.toContain('7 ngày trước');
  });

  test('says what was done only where it is so', async () => {
    const { id, code } = await submitBooking({ date: '2026-11-25' });
    const noticeOf = async (query: string) => {
      const { page } = await openWeek(`?${query}`);
      return /<div class="notice" role="alert"[^>]*>\s*<p>([^<]*)/.exec(page.text)?.[1] ?? null;
    };
    for (const key of ['constructor', 'huy', 'huy-roi', 'x']) {
      expect(await noticeOf(`xong=${key}&don=${code}`)).toBeNull();
      expect(await noticeOf(`xong=${key}`)).toBeNull();
    }
    expect(await noticeOf(`xong=them&don=${code}`)).toContain('Đã ghi vào lịch');
    expect(await noticeOf('xong=them&don=TS-0000000')).toBeNull();
    await env.DB.prepare("update bookings set state = 'cancelled' where id = ?").bind(id).run();
    expect(await noticeOf(`xong=huy&don=${code}`)).toContain('Đã hủy');
    expect(await noticeOf(`xong=them&don=${code}`)).toBeNull();
  });

  test('offers no seat and no lock of a window that is over, and says why a declined job holds its seat', async () => {
    const { id } = await submitBooking({ date: '2026-11-25' });
    await env.DB.prepare("update bookings set state = 'declined' where id = ?").bind(id).run();
    const { page } = await openWeek();
    expect(page.words).toContain('Sáng sớm, 7:30–9:00 0/3 chỗ · đã qua');
    const today = page.forms.find(({ values }) => values['date'] === '2026-11-23');
    expect(today?.radios.map(({ value }) => value)).not.toContain('lock/sang-som');
    expect(page.words).toContain('Đã từ chối, giữ chỗ 10 phút để rút lại');
  });

  test('says where bookings outnumber the crews', async () => {
    await submitBooking({ date: '2026-11-28' });
    await env.DB.prepare("update seats set visit_date = '2026-11-29'").run();
    const { page } = await openWeek();
    expect(page.words).toContain('1/0 chỗ · quá 1 đơn so với số đội');
  });

  test.each([
    ['tampered', async () => (await weekPath(staffSigning())).replace(/..\/$/, 'AA/')],
    ['expired', async () => weekPath(staffSigning(later(NOW, { days: -8 })))],
    ['foreign', async () => '/viec/lich/mx5e2qay.AAAAAAAAAAAAAAAAAAAAAA/'],
    ['shapeless', async () => '/viec/lich/x/'],
  ])('answers a %s link with the number to call, on every path', async (_name, makePath) => {
    const path = await makePath();
    const before = await readDatabase();
    const me = new Visitor(NOW);
    for (const answer of [
      await me.open(path),
      await me.open(`${path}them/`),
      await me.post(`${path}khoa/`, { date: '2026-11-25', lock: 'lock/sang' }),
      await me.post(`${path}huy/`, {}),
      await me.post(`${path}them/`, {}),
    ]) {
      expect(answer.status).toBe(403);
      expect(answer.words).toContain(HOTLINE);
      expect(answer.words).toContain('/viec/');
    }
    expect(await readDatabase()).toBe(before);
  });
});

describe('every form of the week as it stands', () => {
  test('changes nothing, on the page of the week and on the form for callers', async () => {
    await submitBooking({ date: '2026-11-25' });
    const { page, me, path } = await openWeek();
    const add = await me.open(`${path}them/`);
    const before = await readDatabase();
    expect([page.forms.length, add.forms.length]).toEqual([10, 1]);
    for (const form of [...page.forms, ...add.forms]) {
      const answer = await me.submit(form);
      expect(answer.status).toBe(422);
    }
    expect(await readDatabase()).toBe(before);
  });
});

describe('POST /viec/lich/<token>/khoa/', () => {
  test('locks a window and opens it again; jobs stay, and nobody takes a seat meanwhile', async () => {
    const asked = await submitBooking({ date: '2026-11-25', window: 'sang' });
    const { page, me } = await openWeek();
    const form = formWith(page, 'lock/sang', '2026-11-25');
    const locked = await me.follow(form, { lock: 'lock/sang' });
    expect(locked.words).toContain('Đã khóa khung giờ');
    // The notice stands on top: no address leads past it.
    const repeated = await me.submit(form, { lock: 'lock/sang' });
    expect(repeated.headers.get('Location')).not.toContain('#');
    expect(locked.words).toContain('Sáng, 9:30–11:00 1/3 chỗ · đã khóa');
    expect((await readBooking(asked.id)).state).toBe('requested');
    const another = { date: '2026-11-25', window: 'sang', name: 'Hai' };
    await expect(submitBooking(another)).rejects.toThrow('full');
    expect((await me.follow(form, { lock: 'lock/sang' })).words).toContain('đã khóa rồi');
    const opened = await me.follow(formWith(locked, 'open/sang'), { lock: 'open/sang' });
    expect(opened.words).toContain('Đã mở lại khung giờ');
    expect(await count('window_locks')).toBe(0);
    await submitBooking(another);
  });

  test('does nothing with an expired or foreign token, or a window that is none', async () => {
    const { page, me, path } = await openWeek();
    const form = formWith(page, 'lock/sang', '2026-11-25');
    const other = await weekPath(staffSigning(later(NOW, { minutes: 5 })));
    expect((await me.post(`${other}khoa/`, { ...form.values, lock: 'lock/sang' })).status).toBe(
      403,
    );
    expect((await me.submit(form, { lock: 'lock/toi' })).status).toBe(422);
    expect((await me.submit(form, { lock: 'drop/sang' })).status).toBe(422);
    expect((await me.submit(form, { lock: 'lock/sang', date: '2026-11-31' })).status).toBe(422);
    me.now = later(NOW, { minutes: 31 });
    const late = await me.submit(form, { lock: 'lock/sang' });
    expect(late.status).toBe(403);
    expect(late.words).toContain('quá 30 phút');
    expect(late.words).toContain(HOTLINE);
    expect(await count('window_locks')).toBe(0);
    expect(path).not.toBe(other);
  });
});

describe('POST /viec/lich/<token>/huy/', () => {
  test('cancels for the company with its reason, frees the seat and notifies dispatch', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    await env.DB.prepare("update deliveries set attempts = 1 where channel = 'dispatch'").run();
    const { page, me } = await openWeek();
    const job = `${asked.code}/1`;
    const cancelled = await me.follow(formWith(page, job), { job, reason: 'crew' });
    expect(cancelled.words).toContain(`${asked.code}: Đã hủy và trả lại chỗ`);
    const notice = cancelled.text.slice(cancelled.text.indexOf('class="notice"'));
    expect(notice).toMatch(new RegExp(`href="/viec/${asked.code}\\.`));
    expect(notice).toMatch(/<textarea id="gui-khach"[^>]*>[^<]*phải hủy/);
    expect((await readBooking(asked.id)).state).toBe('cancelled');
    expect(await count('seats')).toBe(0);
    expect(await count('events', "type = 'cancel' and actor = 'company' and reason = 'crew'")).toBe(
      1,
    );
    expect(await count('deliveries', "kind = 'job.cancelled'")).toBe(1);
    const again = await me.follow(formWith(page, job), { job, reason: 'crew' });
    expect(again.words).toContain('đã hủy rồi');
    expect(await count('events', "type = 'cancel'")).toBe(1);
  });

  test('does nothing without both radios, nor to a job that changed meanwhile', async () => {
    const asked = await submitBooking({ date: '2026-11-25' });
    const { page, me } = await openWeek();
    const job = `${asked.code}/1`;
    const form = formWith(page, job);
    expect((await me.submit(form, { job })).status).toBe(422);
    expect((await me.submit(form, { reason: 'crew' })).status).toBe(422);
    expect((await me.submit(form, { job, reason: 'vui' })).status).toBe(422);
    expect((await me.submit(form, { job: 'TS-0000000/1', reason: 'crew' })).status).toBe(422);
    await transitionBooking(env, {
      booking: asked,
      transition: 'confirm',
      actor: 'staff',
      now: NOW,
    });
    const stale = await me.submit(form, { job, reason: 'crew' });
    expect(stale.status).toBe(409);
    expect(stale.words).toContain('vừa thay đổi');
    expect((await readBooking(asked.id)).state).toBe('confirmed');
  });
});
