import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { openRecord } from '../personal-data/read-person.ts';
import { transitionBooking } from '../records/booking-transition.ts';
import { followPlan } from '../records/follow-plan.ts';
import { customerPath } from '../signing/links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { listDueRights } from '../store/due.ts';
import { listOpenDates } from '../store/plan-dates.ts';
import { lockWindow } from '../store/seats.ts';
import { formOf, type Page, type PageForm, Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { findBroken, findBrokenRecords } from '../test/invariants.ts';
import { count, readBooking, readDatabase, readPlan, submitBooking } from '../test/records.ts';

const keys = readLinkKeys(env.LINK_KEYS);
const FIRST = '2026-11-26';
const PERSONAL = /Nguyễn Thị Hoa|12 Lê Lợi|0912 ?345|hoa@example|Cổng sau/;

/** A plan of Thursdays whose first visit is confirmed, or still waits. */
async function arrange({ isConfirmed = true, locked = [] as string[], date = FIRST } = {}) {
  for (const day of locked) await lockWindow(env.DB, { date: day, window: 'sang' }, NOW);
  const first = await submitBooking({ service: 've-sinh-nha-o', repeat: 'weekly', date });
  const planId = first.planId ?? '';
  if (isConfirmed) {
    await transitionBooking(env, {
      booking: first,
      transition: 'confirm',
      actor: 'staff',
      now: NOW,
    });
    await followPlan(env, planId, { now: NOW });
  }
  const path = await customerPath(keys, await readPlan(planId));
  return { first, planId, path, me: new Visitor(NOW) };
}

/** The live visits as `date window`. */
async function liveVisits(planId: string): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `select visit_date || ' ' || arrival_window as visit from bookings
     where plan_id = ? and state in ('requested', 'confirmed') order by visit_date`,
  )
    .bind(planId)
    .all<{ visit: string }>();
  return results.map(({ visit }) => visit);
}

function fieldForm(page: Page, field: string): PageForm {
  const form = page.forms.find(
    ({ values }) => values['act'] === 'correct' && values[field] !== undefined,
  );
  if (form === undefined) throw new Error(`No form for ${field}`);
  return form;
}

function hrefs(page: Page, pattern: RegExp): string[] {
  return [...page.text.matchAll(/href="([^"]+)"/g)]
    .map(([, href = '']) => href.replaceAll('&amp;', '&'))
    .filter((href) => pattern.test(href));
}

describe('the page of a plan', () => {
  test('says how it stands and names each coming visit, and nothing of a person', async () => {
    const { path, me, planId } = await arrange();
    const before = await readDatabase();
    const page = await me.open(path);
    expect(page.words).toContain('Đang thực hiện');
    expect(page.words).toContain('Mỗi tuần một lần, thứ Năm, Sáng, 9:30–11:00');
    expect(page.text).not.toMatch(PERSONAL);
    expect(await readDatabase()).toBe(before);
    const skips = hrefs(page, /doi=cancel/);
    expect(skips).toHaveLength((await liveVisits(planId)).length);
    expect((await new Visitor(NOW).open(path.replace(/k=.*/, 'k=x'))).status).toBe(403);
    const visit = await me.open(skips[1] ?? '');
    expect(hrefs(visit, /^\/don\//)).toContain(path);
  });

  test('shows and changes nothing by four digits that those may not, and leads on by their link', async () => {
    const { planId } = await arrange();
    const { code } = await readPlan(planId);
    const me = new Visitor(NOW);
    const found = (await me.post('/don/', { code, digits: '5678' })).headers.get('Location') ?? '';
    const page = await me.open(found);
    expect(page.words).toContain('Đang thực hiện');
    expect(page.text).not.toMatch(/0912|du-lieu|lich\.ics|doi=name/);
    expect(page.forms.map(({ values }) => values['act'])).not.toContain('services');
    const [visit = ''] = hrefs(page, /doi=cancel/);
    expect((await me.open(visit)).text).not.toMatch(/0912|du-lieu/);
    const sent = await me.post(found, { act: 'services', service: 've-sinh-nha-o', token: 'x' });
    expect(sent.status).toBe(422);
  });

  test('changes nothing where a mail scanner sends every form as it stands', async () => {
    const { path, me } = await arrange({ locked: ['2026-12-03'] });
    const chosen = `${path}&ngay=2026-12-03`;
    const read = async () => {
      const tables = JSON.parse(await readDatabase()) as [string, unknown][];
      return tables.filter(([name]) => name !== 'tries');
    };
    const before = await read();
    for (const page of [await me.open(chosen), await me.openAll(chosen), await me.open(chosen)])
      for (const form of page.forms) await me.submit(form);
    expect(await read()).toEqual(before);
  });

  test('one visit is skipped and one moved on their own pages, and the others stay', async () => {
    const { path, me, planId } = await arrange();
    const before = await liveVisits(planId);
    const page = await me.open(path);
    const skip = await me.open(hrefs(page, /doi=cancel/)[1] ?? '');
    await me.follow(formOf(skip, 'cancel'), { sure: 'yes' });
    const move = await me.open(hrefs(page, /doi=reschedule/)[2] ?? '');
    await me.follow(formOf(move, 'reschedule'), { slot: '2026-12-11/chieu' });
    const expected = before
      .filter((visit) => !visit.startsWith('2026-12-03'))
      .map((visit) => (visit.startsWith('2026-12-10') ? '2026-12-11 chieu' : visit));
    expect(await liveVisits(planId)).toEqual(expected);
  });

  test.each([
    ['pause', { until: '2026-12-15' }, 'Đã tạm nghỉ.', '2026-12-17 sang'],
    [
      'rhythm',
      { rhythm: 'two-weeks', weekday: 'fri', window: 'chieu' },
      'Đã đổi lịch từ buổi sau. Mỗi tuần một lần, thứ Năm, Sáng, 9:30–11:00 → nay là Hai tuần một lần, thứ Sáu, Chiều, 13:30–15:00',
      '2026-11-27 chieu',
    ],
    [
      'services',
      { service: 've-sinh-nha-o', 'quantity.ve-sinh-nha-o': '90' },
      'Đã đổi dịch vụ từ buổi sau.',
      '2026-11-26 sang',
    ],
    ['stop', { sure: 'yes' }, 'Đã dừng lịch định kỳ.', undefined],
  ])('%s is done once, and a repeat says so', async (act, fields, done, first) => {
    const { path, me, planId } = await arrange();
    const form = formOf(await me.open(path), act);
    const page = await me.follow(form, fields);
    expect(page.words).toContain(done);
    expect((await liveVisits(planId))[0]).toBe(first);
    const state = await readDatabase();
    const again = await me.submit(form, fields);
    expect(again.status).toBe(200);
    expect(again.words).toContain('đã được ghi trước đó');
    expect(await readDatabase()).toBe(state);
    expect([...(await findBroken()), ...(await findBrokenRecords())]).toEqual([]);
  });

  test('resuming makes the visits of the pause again', async () => {
    const { path, me, planId } = await arrange();
    const before = await liveVisits(planId);
    const paused = await me.follow(formOf(await me.open(path), 'pause'), { until: '2026-12-15' });
    expect(paused.words).toContain('Từ Thứ Ba, 15/12/2026 lịch tự tiếp tục');
    await me.follow(formOf(paused, 'resume'), { sure: 'yes' });
    expect(await liveVisits(planId)).toEqual(before);
  });

  test('what cannot be done changes nothing and says how to mend it', async () => {
    const { path, me } = await arrange();
    const page = await me.open(path);
    const before = await readDatabase();
    for (const [act, fields, words] of [
      ['pause', { until: '' }, 'Anh/chị chưa chọn ngày.'],
      ['pause', { until: '2026-11-23' }, 'Anh/chị chọn một ngày từ ngày mai đến 22/05/2027.'],
      ['rhythm', { weekday: 'sun' }, 'Anh/chị chọn một ngày trong tuần.'],
      ['services', { service: '' }, 'Anh/chị chưa chọn dịch vụ'],
      ['services', { service: 'giat-ghe-sofa' }, 'chỉ nhận từng lần'],
      ['stop', {}, 'đánh dấu vào ô chọn'],
    ] as const) {
      const answer = await me.submit(formOf(page, act), fields);
      expect([act, answer.status]).toEqual([act, 422]);
      expect(answer.words).toContain(words);
    }
    expect(await readDatabase()).toBe(before);
  });

  test('an older page asks for another pause, which is not taken for the same', async () => {
    const { path, me } = await arrange();
    const form = formOf(await me.open(path), 'pause');
    await me.follow(form, { until: '2026-12-15' });
    const other = await me.submit(form, { until: '2027-01-15' });
    expect(other.status).toBe(409);
    expect(other.words).toContain('Lịch vừa có thay đổi khác');
  });

  test('changes are taken ten times a day, and a stop always', async () => {
    const { path, me } = await arrange();
    const state = await env.DB.prepare('select code from plans').first<{ code: string }>();
    await env.DB.prepare(
      "insert into tries (name, hour, count) values ('plan:' || ?, '2026-11-23', 10)",
    )
      .bind(state?.code)
      .run();
    const page = await me.open(path);
    const answer = await me.submit(formOf(page, 'pause'), { until: '2026-12-15' });
    expect(answer.status).toBe(429);
    expect(answer.words).toContain('Hôm nay đã đổi lịch 10 lần.');
    const stopped = await me.follow(formOf(page, 'stop'), { sure: 'yes' });
    expect(stopped.words).toContain('Đã dừng lịch định kỳ.');
  });

  test('all that follows cannot be changed while the next visit is too near, and its page says whom to call', async () => {
    const { path } = await arrange();
    const me = new Visitor(new Date(`${FIRST}T00:00:00.000Z`));
    const page = await me.open(path);
    expect(page.words).toContain('còn dưới 12 tiếng nữa');
    expect(page.forms.map(({ values }) => values['act'])).not.toContain('stop');
  });

  test('contact details go to every visit that follows, and to the plan of a first visit that still waits', async () => {
    const { path, me, planId, first } = await arrange();
    const form = fieldForm(await me.openAll(path), 'name');
    const page = await me.follow(form, { name: 'Trần Văn Nam' });
    expect(page.words).toContain('Đã đổi thông tin cho các buổi sau.');
    const opened = await openRecord(env, await readBooking(first.id), NOW);
    expect(opened).toMatchObject({ person: { name: 'Trần Văn Nam' } });
    expect(await openRecord(env, await readPlan(planId), NOW)).toMatchObject({
      person: { name: 'Trần Văn Nam' },
    });
  });

  test('what is put right of a first visit that waits is put right of its plan', async () => {
    const { first, planId } = await arrange({ isConfirmed: false });
    const me = new Visitor(NOW);
    const page = await me.openAll(await customerPath(keys, first));
    await me.follow(fieldForm(page, 'phone'), { phone: '0912 345 679' });
    const opened = await openRecord(env, await readPlan(planId), NOW);
    expect(opened).toMatchObject({ person: { phone: '+84912345679' } });
  });

  test('a plan that waits can be called off, which cancels its first visit', async () => {
    const { first, path, me } = await arrange({ isConfirmed: false });
    const page = await me.open(path);
    expect(page.words).toContain('Buổi đầu được xác nhận thì lịch bắt đầu');
    await me.follow(formOf(page, 'stop'), { sure: 'yes' });
    expect((await readBooking(first.id)).state).toBe('cancelled');
  });
});

describe('a day that could not get its visit', () => {
  test('gets it in a window near, chosen on the page, once', async () => {
    const { path, me, planId } = await arrange({ locked: ['2026-12-03'] });
    const page = await me.open(path);
    expect(page.words).toContain('Cần chọn giờ khác');
    const [near = ''] = hrefs(page, /ngay=2026-12-03/);
    const form = formOf(await me.open(near.split('#')[0] ?? ''), 'choose');
    expect(form.radios.map(({ value }) => value)).toContain('2026-12-04/chieu');
    const done = await me.follow(form, { slot: '2026-12-04/chieu' });
    expect(done.words).toContain('Đã xếp buổi này.');
    expect(done.words).not.toContain('Cần chọn giờ khác');
    expect(await liveVisits(planId)).toContain('2026-12-04 chieu');
    const state = await readDatabase();
    expect((await me.submit(form, { slot: '2026-12-04/chieu' })).words).toContain(
      'đã được ghi trước đó',
    );
    expect((await me.submit(form, { slot: '2026-12-05/chieu' })).status).toBe(409);
    expect(await readDatabase()).toBe(state);
    expect([...(await findBroken()), ...(await findBrokenRecords())]).toEqual([]);
  });

  test('is let go by hand, and stays without one', async () => {
    const { path, me, planId } = await arrange({ locked: ['2026-12-03'] });
    const form = formOf(await me.open(`${path}&ngay=2026-12-03`), 'letGo');
    expect((await me.submit(form)).status).toBe(422);
    const done = await me.follow(form, { sure: 'yes' });
    expect(done.words).toContain('Đã bỏ ngày này');
    expect(await listOpenDates(env.DB, planId, FIRST)).toEqual([]);
    expect((await me.submit(form, { sure: 'yes' })).words).toContain('đã được ghi trước đó');
  });

  test('is one of the closed days of Tết', async () => {
    const { planId, path } = await arrange();
    const now = new Date('2027-01-05T02:00:00.000Z');
    await followPlan(env, planId, { now });
    const open = await listOpenDates(env.DB, planId, '2027-02-01');
    expect(open.map(({ rhythmDate, reason }) => [rhythmDate, reason])).toEqual([
      ['2027-02-04', 'closed'],
    ]);
    const page = await new Visitor(now).open(path);
    expect(page.words).toMatch(/Thứ Năm, 04\/02\/2027 ?, chúng tôi nghỉ ?: Chọn giờ khác/);
  });
});

describe('the data of a plan', () => {
  test('is seen, corrected and downloaded like that of a record', async () => {
    const { path, me, planId } = await arrange();
    const page = await me.openAll(path.replace('/?', '/du-lieu/?'));
    expect(page.words).toContain('Nguyễn Thị Hoa');
    expect(page.words).toContain('nhận lịch định kỳ này');
    expect(page.words).not.toContain('Chưa chuyển thông tin cho ai');
    const copy = await me.submit(formOf(page, 'see'), { sure: 'json' });
    expect(JSON.parse(copy.text)).toMatchObject({
      kind: 'plan',
      person: { name: 'Nguyễn Thị Hoa' },
      record: { rhythm: 'weekly' },
    });
    await me.follow(formOf(page, 'correct'), { sure: 'yes', address: '14 Lê Lợi' });
    expect(await openRecord(env, await readPlan(planId), NOW)).toMatchObject({
      person: { address: '14 Lê Lợi' },
    });
  });

  test.each(['plan', 'visit'] as const)(
    'a withdrawal on the page of the %s ends plan and visits',
    async (where) => {
      const { path, me, planId, first } = await arrange();
      const start = where === 'plan' ? path : await customerPath(keys, first);
      const page = await me.openAll(start.replace('/?', '/du-lieu/?'));
      expect(page.words).toContain('Sự đồng ý này là cho cả lịch định kỳ');
      const done = await me.follow(formOf(page, 'withdraw'), { sure: 'yes' });
      expect(done.words).toContain('Đã rút đồng ý.');
      expect(await liveVisits(planId)).toEqual([]);
      expect((await readPlan(planId)).state).toBe('ended');
      expect(await count('receipts', 'withdrawn_at is null')).toBe(0);
      expect(await count('rights_requests', "state = 'open'")).toBe(0);
    },
  );

  test('an erasure between two visits ends all that come, with one job.erased each', async () => {
    const { path, planId, first } = await arrange();
    const passed = later(new Date(`${FIRST}T09:00:00.000Z`), { hours: 1 });
    const me = new Visitor(passed);
    // Dispatch has heard of all of them.
    await env.DB.prepare("update deliveries set attempts = 1, status = 'delivered'").run();
    const page = await me.openAll(path.replace('/?', '/du-lieu/?'));
    const coming = (await liveVisits(planId)).length - 1;
    const done = await me.follow(formOf(page, 'erase'), { sure: 'yes' });
    expect(done.words).toContain('Đã xóa thông tin cá nhân.');
    expect(await count('plans', 'erased_at is null')).toBe(0);
    expect(await count('bookings', 'erased_at is null')).toBe(1);
    expect((await readBooking(first.id)).erasedAt).toBeNull();
    expect(await count('deliveries', "channel = 'dispatch' and kind = 'job.erased'")).toBe(coming);
    expect((await me.open(path)).words).toContain('Đã dừng');
  });

  test('an erasure asked for by code and number waits for a call, which staff hear of', async () => {
    const { planId } = await arrange();
    const me = new Visitor(NOW);
    const { code } = await readPlan(planId);
    const found = await me.post('/don/', { code, digits: '0912345678' });
    const path = (found.headers.get('Location') ?? '').replace('/?', '/du-lieu/?');
    await me.follow(formOf(await me.open(path), 'erase'), { sure: 'yes' });
    expect(await count('plans', 'erased_at is null')).toBe(1);
    expect(await listDueRights(env.DB)).toMatchObject([{ code, kind: 'erase', needsCall: true }]);
  });
});
