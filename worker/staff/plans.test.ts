import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { readPerson } from '../personal-data/read-person.ts';
import { transitionBooking } from '../records/booking-transition.ts';
import { followPlan } from '../records/follow-plan.ts';
import { dayPath, freshStaffPath, staffPath, weekPath } from '../signing/staff-links.ts';
import { findBookingByCode } from '../store/bookings.ts';
import { lockWindow } from '../store/seats.ts';
import { formOf, Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { findBroken, findBrokenRecords } from '../test/invariants.ts';
import { count, readBooking, readDatabase, readPlan, submitBooking } from '../test/records.ts';
import { staffSigning } from '../test/staff.ts';

const HOME = 've-sinh-nha-o';
const FIRST = '2026-11-26';
const LOCKED = '2026-12-03';

/** A plan of Thursday mornings that runs, one day of it without a seat. */
async function activePlan() {
  const first = await submitBooking({ service: HOME, repeat: 'weekly', date: FIRST });
  await lockWindow(env.DB, { date: LOCKED, window: 'sang' }, NOW);
  const confirm = { transition: 'confirm', actor: 'staff', now: NOW } as const;
  await transitionBooking(env, { booking: await readBooking(first.id), ...confirm });
  const planId = first.planId ?? '';
  await followPlan(env, planId, { now: NOW });
  return { first, planId };
}

function countComing(planId: string, more = '1 = 1'): Promise<number> {
  return count('bookings', `plan_id = '${planId}' and state = 'confirmed' and ${more}`);
}

async function openPlan() {
  const { first, planId } = await activePlan();
  const path = await freshStaffPath(staffSigning(), await readPlan(planId));
  const staff = new Visitor(NOW);
  return { first, planId, path, staff, page: await staff.open(path) };
}

/** The code of the record to which an answer leads. */
function codeOf(answer: { headers: Headers }): string {
  return /\/viec\/(TS-[0-9A-Z]{7})\./.exec(answer.headers.get('Location') ?? '')?.[1] ?? '';
}

describe('the page of a plan for staff', () => {
  test('shows the rhythm, the coming visits and what needs a hand, and changes nothing', async () => {
    const { first, path, staff, page } = await openPlan();
    const before = await readDatabase();
    const again = await staff.open(path);
    expect(await readDatabase()).toBe(before);
    expect(page.words).toContain('Đang thực hiện');
    expect(page.words).toContain('Mỗi tuần một lần, thứ Năm, Sáng, 9:30–11:00');
    expect(page.words).toContain('03/12/2026 khung giờ đã khóa');
    expect(page.words).toContain(first.code);
    expect(again.text).not.toContain('Nguyễn Thị Hoa');
  });

  test('opens the details after a choice by hand, with a row in the ledger of the plan', async () => {
    const { planId, path, staff, page } = await openPlan();
    expect((await staff.submit(formOf(page, 'open'))).status).toBe(422);
    await staff.submit(formOf(page, 'open'), { sure: 'yes' });
    expect((await staff.open(path)).text).toContain('Nguyễn Thị Hoa');
    expect(await count('disclosures', `subject_id = '${planId}' and kind = 'opened'`)).toBe(1);
  });

  test.each([
    ['pause', { until: '2026-12-20' }, "visit_date < '2026-12-20'"],
    ['stop', {}, '1 = 1'],
    [
      'rhythm',
      { rhythm: 'weekly', weekday: 'fri', window: 'chieu' },
      "(arrival_window <> 'chieu' or strftime('%w', visit_date) <> '5')",
    ],
  ])('%s goes to all that follow, by a choice made by hand, once', async (act, fields, gone) => {
    const { planId, staff, page } = await openPlan();
    const form = formOf(page, act);
    const before = await readDatabase();
    expect((await staff.submit(form, { ...fields })).status).toBe(422);
    expect(await readDatabase()).toBe(before);
    const done = await staff.submit(form, { ...fields, sure: 'yes' });
    expect(done.headers.get('Location')).toContain(`?xong=${act}`);
    expect(await countComing(planId, gone)).toBe(0);
    const events = `subject_id = '${planId}' and type = '${act}' and actor = 'staff'`;
    expect(await count('events', events)).toBe(1);
    expect((await staff.submit(form, { ...fields, sure: 'yes' })).status).toBe(200);
    expect(await count('events', events)).toBe(1);
    expect([...(await findBroken()), ...(await findBrokenRecords())]).toEqual([]);
  });

  test('keeps what was typed where it is wrong, and says how to mend it', async () => {
    const { staff, page } = await openPlan();
    const wrong = await staff.submit(formOf(page, 'pause'), { until: '31/31/2026', sure: 'yes' });
    expect(wrong.status).toBe(422);
    expect(wrong.words).toContain('Ngày chưa đúng');
    expect(formOf(wrong, 'pause').values['until']).toBe('31/31/2026');
    const sunday = { rhythm: 'weekly', weekday: 'sun', window: 'sang', sure: 'yes' };
    expect((await staff.submit(formOf(page, 'rhythm'), sunday)).status).toBe(422);
  });

  test('makes the visit of an open date in a window that was chosen, once', async () => {
    const { planId, path, staff, page } = await openPlan();
    const coming = await countComing(planId);
    const form = formOf(page, 'choose');
    expect(form.values['date']).toBe(LOCKED);
    expect(form.radios.map(({ value }) => value)).toContain(`${LOCKED}/chieu`);
    expect((await staff.submit(form)).status).toBe(422);
    const done = await staff.follow(form, { slot: `${LOCKED}/chieu` });
    expect(done.words).toContain('Đã xếp buổi vào giờ đã chọn');
    expect(done.words).toMatch(
      /Chép để gửi khách .*: đã xác nhận lịch Vệ sinh nhà ở, .*03\/12\/2026.*Lịch định kỳ TS-\w+: Mỗi tuần/,
    );
    expect((await staff.open(path)).words).not.toContain('Chép để gửi khách');
    expect(done.words).not.toContain('khung giờ đã khóa');
    expect(await countComing(planId)).toBe(coming + 1);
    expect((await staff.submit(form, { slot: `${LOCKED}/chieu` })).status).toBe(409);
    expect(await countComing(planId)).toBe(coming + 1);
    expect(await findBroken()).toEqual([]);
  });

  test('lets an open date go', async () => {
    const { planId, staff, page } = await openPlan();
    expect((await staff.submit(formOf(page, 'letGo'))).status).toBe(422);
    const done = await staff.follow(formOf(page, 'letGo'), { sure: 'yes' });
    expect(done.words).not.toContain('khung giờ đã khóa');
    expect(await count('plan_open_dates', 'settled_at is null')).toBe(0);
    expect(await countComing(planId, `rhythm_date = '${LOCKED}'`)).toBe(0);
  });

  test('opens by no link of another record, and by none of a mail', async () => {
    const { first, planId, staff } = await openPlan();
    const plan = await readPlan(planId);
    const other = await freshStaffPath(staffSigning(), { id: first.id, code: plan.code });
    expect((await staff.open(other)).status).toBe(403);
    expect((await staff.open(await staffPath(staffSigning(), plan))).status).toBe(410);
    const own = await freshStaffPath(staffSigning(), plan);
    expect((await staff.open(`${own}chot/`)).status).toBe(404);
  });
});

describe('what staff put right for all visits that follow', () => {
  /** A plan's page with its details open, and the form of an act. */
  async function openAll(act: string) {
    const opened = await openPlan();
    await opened.staff.submit(formOf(opened.page, 'open'), { sure: 'yes' });
    const page = await opened.staff.open(opened.path);
    return { ...opened, closed: opened.page, page, form: formOf(page, act) };
  }

  test('are contact details, stored in the plan and in each coming visit', async () => {
    const { planId, staff, form } = await openAll('correct');
    expect(form.values).toMatchObject({ name: 'Nguyễn Thị Hoa', phone: '0912 345 678' });
    const wrong = await staff.submit(form, { phone: '12' });
    expect([wrong.status, formOf(wrong, 'correct').values['phone']]).toEqual([422, '12']);
    const moved = { address: '14 Lê Lợi', ward: '16681', phone: '0912 345 679' };
    const done = await staff.follow(form, moved);
    expect(done.words).toContain('Đã sửa thông tin cho mọi buổi tới.');
    expect((await readPlan(planId)).ward).toBe('16681');
    expect(await countComing(planId, "ward is not '16681'")).toBe(0);
    const { results } = await env.DB.prepare(
      "select id from bookings where plan_id = ? and state = 'confirmed'",
    )
      .bind(planId)
      .all<{ id: string }>();
    const visits = await Promise.all(results.map(({ id }) => readBooking(id)));
    for (const record of [...visits, await readPlan(planId)]) {
      const person = { address: '14 Lê Lợi', phone: '+84912345679', name: 'Nguyễn Thị Hoa' };
      expect(await readPerson(env, record, NOW)).toMatchObject({ person });
    }
    const again = await staff.submit(form, moved);
    expect([again.status, again.words.includes('đã được ghi trước đó')]).toEqual([200, true]);
    // Staff need no mail about what they did themselves.
    expect(await count('deliveries', "kind = 'booking.changed'")).toBe(0);
    expect([...(await findBroken()), ...(await findBrokenRecords())]).toEqual([]);
  });

  test('are services with their sizes, as far as they come again and fit', async () => {
    const { planId, staff, form } = await openAll('services');
    expect(form.values['service']).toBe(HOME);
    const once = await staff.submit(form, { service: 'giat-ghe-sofa' });
    expect([once.status, once.words.includes('chỉ nhận từng lần')]).toEqual([422, true]);
    const done = await staff.follow(form, { [`quantity.${HOME}`]: '90' });
    expect(done.words).toContain('Đã đổi dịch vụ từ buổi tới.');
    expect(await countComing(planId, 'quantity is not 90')).toBe(0);
    expect((await readPlan(planId)).services).toMatchObject([{ id: HOME, quantity: 90 }]);
  });

  test.each(['services', 'correct'])(
    'changes nothing by %s while the details are hidden',
    async (act) => {
      const { planId, closed, form } = await openAll(act);
      expect(closed.words).toContain('Bấm “Xem thông tin liên hệ của khách” trước, rồi sửa ở đây.');
      const fields = { ...form.values, name: 'Khác', [`quantity.${HOME}`]: '90' };
      const refused = await new Visitor(NOW).post(form.action, fields);
      expect([refused.status, refused.text.includes('Nguyễn Thị Hoa')]).toEqual([422, false]);
      const changes = "type in ('services', 'contact')";
      expect(await count('events', `subject_id = '${planId}' and ${changes}`)).toBe(0);
    },
  );

  test('are sizes and ward of a first visit that still waits, which its plan takes over', async () => {
    const first = await submitBooking({ service: HOME, quantity: '50', repeat: 'weekly' });
    const path = await freshStaffPath(staffSigning(), await readBooking(first.id));
    const staff = new Visitor(NOW);
    await staff.submit(formOf(await staff.open(path), 'open'), { sure: 'yes' });
    const ward = { ward: '16681' };
    await staff.follow(formOf(await staff.open(path), 'correct'), ward);
    const size = { [`quantity.${HOME}`]: '90' };
    await staff.follow(formOf(await staff.open(path), 'services'), size);
    await staff.follow(formOf(await staff.open(path), 'confirm'));
    const planId = first.planId ?? '';
    await followPlan(env, planId, { now: NOW });
    expect(await countComing(planId, "quantity = 90 and ward = '16681'")).toBe(7);
    expect(await countComing(planId)).toBe(7);
  });

  test('by an older page is not taken for what was done meanwhile', async () => {
    const { staff, page } = await openPlan();
    const form = formOf(page, 'pause');
    await staff.submit(form, { until: '2026-12-20', sure: 'yes' });
    const other = await staff.submit(form, { until: '2027-01-15', sure: 'yes' });
    expect(other.status).toBe(409);
  });
});

describe('a request about a plan by code and number', () => {
  async function ask(kind: 'withdraw' | 'erase') {
    const plan = await activePlan();
    await env.DB.prepare("update deliveries set attempts = 1, status = 'delivered'").run();
    const { code } = await readPlan(plan.planId);
    const me = new Visitor(NOW);
    const found = await me.post('/don/', { code, digits: '0912345678' });
    const data = (found.headers.get('Location') ?? '').replace('/?', '/du-lieu/?');
    await me.follow(formOf(await me.open(data), kind), { sure: 'yes' });
    const staff = new Visitor(NOW);
    const page = await staff.open(
      await freshStaffPath(staffSigning(), await readPlan(plan.planId)),
    );
    return { ...plan, staff, page, form: formOf(page, 'right') };
  }

  test.each([
    ['erase', "kind = 'job.erased'", 'erased_at is not null'],
    ['withdraw', "kind = 'job.cancelled'", 'erased_at is null'],
  ] as const)(
    'to %s is carried out by staff after the call: all its coming visits end, one message each',
    async (kind, message, kept) => {
      const { planId, staff, page, form } = await ask(kind);
      const coming = await countComing(planId);
      expect(page.words).toContain('làm xong chậm nhất ngày');
      expect((await staff.submit(form)).status).toBe(422);
      expect(await countComing(planId)).toBe(coming);
      const done = await staff.follow(form, { sure: 'yes' });
      expect(done.forms.map(({ values }) => values['act'])).not.toContain('right');
      expect(await count('bookings', "state = 'confirmed'")).toBe(0);
      expect(await count('deliveries', `channel = 'dispatch' and ${message}`)).toBe(coming);
      expect(await count('plans', `state = 'ended' and ${kept}`)).toBe(1);
      expect(await count('rights_requests', "state = 'open'")).toBe(0);
      expect(await count('receipts', 'withdrawn_at is null')).toBe(kind === 'erase' ? 1 : 0);
      expect((await staff.submit(form, { sure: 'yes' })).words).toContain('đã được ghi trước đó');
      expect([...(await findBroken()), ...(await findBrokenRecords())]).toEqual([]);
    },
  );

  test('waits where a mail scanner sends every form of the page as it stands', async () => {
    const { staff, page } = await ask('erase');
    const before = await readDatabase();
    for (const form of page.forms) {
      const answer = await staff.submit(form);
      expect([form.values['act'], answer.status]).toEqual([form.values['act'], 422]);
      expect(answer.text).not.toContain('Nguyễn Thị Hoa');
    }
    expect(page.forms.map(({ values }) => values['act'])).toContain('letGo');
    expect(await readDatabase()).toBe(before);
  });

  test('that was not theirs ends with a call, and the plan goes on', async () => {
    const { planId, staff, form } = await ask('erase');
    const coming = await countComing(planId);
    await staff.follow(form, { sure: 'no' });
    expect(await countComing(planId)).toBe(coming);
    expect(await count('rights_requests', "state = 'done' and refused = 1")).toBe(1);
  });
});

describe('visits of a plan', () => {
  test('are marked on the start page and on the sheet of a day, which name what needs a hand', async () => {
    const { planId } = await activePlan();
    const { code } = await readPlan(planId);
    const staff = new Visitor(NOW);
    const week = await staff.open(await weekPath(staffSigning()));
    expect(week.words).toMatch(/Sáng, 9:30–11:00 1\/3 chỗ · còn 2 TS-\w+ .*? · khách định kỳ/);
    expect(week.words).toContain(`${code} Thứ Năm, 03/12/2026 · khung giờ đã khóa`);
    expect(week.words).toContain('Mỗi tuần một lần, thứ Năm, Sáng, 9:30–11:00 Đang thực hiện');
    expect(week.text).toMatch(new RegExp(`href="/viec/${code}\\.[^"]+\\?ngay=${LOCKED}#chon-gio"`));
    const day = await staff.open(await dayPath(staffSigning(), FIRST));
    expect(day.words).toContain('khách định kỳ');
  });

  test('are found by the code of their plan too', async () => {
    const { code } = await readPlan((await activePlan()).planId);
    const staff = new Visitor(NOW);
    const week = await staff.open(await weekPath(staffSigning()));
    const form = week.forms.find(({ action }) => action.endsWith('/tim/'));
    if (form === undefined) throw new Error('no search');
    const found = await staff.submit(form, { q: code.toLowerCase() });
    expect(found.words).toMatch(
      new RegExp(`${code} Đang thực hiện Vệ sinh nhà ở · Phường Trường Vinh`),
    );
  });

  test('name their plan on their page; what is done there touches one visit', async () => {
    const { first, planId } = await activePlan();
    const { code } = await readPlan(planId);
    const coming = await countComing(planId);
    const staff = new Visitor(NOW);
    const job = await staff.open(await freshStaffPath(staffSigning(), first));
    expect(job.words).toContain(`Khách định kỳ: Mỗi tuần một lần, thứ Năm, Sáng`);
    expect(job.text).toContain(`href="/viec/${code}.`);
    await staff.submit(formOf(job, 'cancelFor'), { sure: 'yes' });
    expect(await countComing(planId)).toBe(coming - 1);
    expect((await readPlan(planId)).state).toBe('active');
  });

  test('that the plan made have no confirmation to take back: dispatch may have heard of them', async () => {
    const { planId } = await activePlan();
    const made = "plan_id = ? and origin = 'plan' order by visit_date limit 1";
    const id = await env.DB.prepare(`select id from bookings where ${made}`)
      .bind(planId)
      .first<string>('id');
    const visit = await readBooking(id ?? '');
    const page = await new Visitor(NOW).open(await freshStaffPath(staffSigning(), visit));
    expect(page.forms.map(({ values }) => values['act'])).not.toContain('undoConfirm');
    const undo = { transition: 'undoConfirm', actor: 'staff', now: NOW } as const;
    expect(await transitionBooking(env, { booking: visit, ...undo })).toEqual({ outcome: 'stale' });
  });

  test('a single visit is marked nowhere', async () => {
    await submitBooking({ date: '2026-11-23' }, { now: new Date('2026-11-21T02:00:00Z') });
    const staff = new Visitor(NOW);
    const week = await staff.open(await weekPath(staffSigning()));
    expect(week.words).not.toContain('khách định kỳ');
    expect(week.words).not.toContain('Lịch định kỳ');
  });
});

describe('a plan by phone', () => {
  test('is taken on the week page, confirmed at once, with its visits made', async () => {
    const staff = new Visitor(NOW);
    const [form] = (await staff.open(`${await weekPath(staffSigning())}them/`)).forms;
    if (form === undefined) throw new Error('no form');
    const week = await staff.follow(form, {
      ...{ service: HOME, quantity: '80', repeat: 'two-weeks', slot: `${FIRST}/sang` },
      ...{ ward: '16690', address: '7 Nguyễn Du', name: 'Bà Tư', phone: '0912 345 678' },
      ...{ email: '', note: '', consent: 'yes' },
    });
    const [, code, planCode] =
      /(TS-\w{7}): Đã ghi vào lịch.*?Mã của cả lịch định kỳ: (TS-\w{7})/.exec(week.words) ?? [];
    const first = await findBookingByCode(env.DB, code ?? '');
    expect(first).toMatchObject({ state: 'confirmed', origin: 'phone', rhythmDate: FIRST });
    const plan = await readPlan(first?.planId ?? '');
    expect(plan).toMatchObject({ code: planCode, state: 'active', rhythm: 'two-weeks' });
    expect(await count('bookings', "origin = 'plan' and state = 'confirmed'")).toBe(3);
    const spoken = `subject_id = '${plan.id}' and wording = 'phone-plan-1'`;
    expect(await count('receipts', spoken)).toBe(1);
    expect([...(await findBroken()), ...(await findBrokenRecords())]).toEqual([]);
  });
});

describe('a survey that becomes a plan', () => {
  test('has the same person, what was agreed and previous; nothing is typed twice', async () => {
    const { id } = await submitBooking({ service: 've-sinh-tuong-son', quantity: '120' });
    const confirm = { transition: 'confirm', actor: 'staff', now: NOW } as const;
    await transitionBooking(env, { booking: await readBooking(id), ...confirm });
    const survey = await readBooking(id);
    const path = await freshStaffPath(staffSigning(), survey);
    const staff = new Visitor(NOW);
    await staff.submit(formOf(await staff.open(path), 'open'), { sure: 'yes' });
    const [form] = (await staff.open(`${path}chot/`)).forms;
    if (form === undefined) throw new Error('no form');
    const agreed = { repeat: 'four-weeks', slot: '2026-11-27/sang', consent: 'yes' };
    const refused = await staff.submit(form, agreed);
    expect([refused.status, refused.words.includes('chỉ nhận từng lần')]).toEqual([422, true]);
    const done = await staff.submit(form, { ...agreed, service: HOME });
    const job = await findBookingByCode(env.DB, codeOf(done));
    expect(job).toMatchObject({ visit: 'work', previous: survey.id, visitDate: '2026-11-27' });
    if (job === null) return;
    const plan = await readPlan(job.planId ?? '');
    expect(plan).toMatchObject({ state: 'active', rhythm: 'four-weeks' });
    const people = await Promise.all(
      [survey, job, plan].map((record) => readPerson(env, record, NOW)),
    );
    expect(people[1]).toEqual(people[0]);
    expect(people[2]).toEqual(people[0]);
    expect(await count('bookings', "origin = 'plan'")).toBe(1);
  });
});
