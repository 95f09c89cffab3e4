import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { madeUpCrews, crewLink, setCrews, useCrews } from '../../test/crews.ts';
import { fromVietnam, later } from '../../../shared/time.ts';
import { customerPath } from '../../signing/links.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { dayPath, weekPath } from '../../signing/staff-links.ts';
import { raiseEpoch } from '../../store/link-epochs.ts';
import { formOf, type Page, type PageForm, Visitor } from '../../test/browser.ts';
import { NOW } from '../../test/fixtures.ts';
import { count, readBooking, readDatabase, submitBooking } from '../../test/records.ts';
import { staffSigning } from '../../test/staff.ts';
import { outcomeNotices } from '../../wording/outcomes.ts';

useCrews();

const DAY = '2026-11-26';
const PERSONAL = /Nguyễn Thị Hoa|12 Lê Lợi|0912 345 678|\+84912345678|Cổng sau/;

/** The form of an act that is about a job. */
function jobForm({ forms }: Page, act: string, job: string): PageForm {
  const form = forms.find(({ values }) => values['act'] === act && values['job'] === job);
  if (form === undefined) throw new Error(`no form ${act}`);
  return form;
}

/** A day with three jobs in one window, confirmed, of which the first crew has the first. */
async function arrange() {
  const jobs = [
    await submitBooking({}, { origin: 'phone' }),
    await submitBooking({ name: 'Trần Văn Nam', phone: '0913 000 111' }, { origin: 'phone' }),
    await submitBooking({ name: 'Lê Thị Ba', phone: '0914 000 222' }, { origin: 'phone' }),
  ] as const;
  await env.DB.prepare("update bookings set state = 'confirmed'").run();
  const minute = env.DB.prepare('update bookings set created_at = ?2 where id = ?1');
  await env.DB.batch(
    jobs.map(({ id }, at) => minute.bind(id, later(NOW, { minutes: at }).toISOString())),
  );
  await give(jobs[0].id, 'doi-1');
  return { jobs, office: new Visitor(NOW), path: await dayPath(staffSigning(), DAY) };
}

function give(id: string, crew: string) {
  return env.DB.prepare('update bookings set crew = ?2 where id = ?1').bind(id, crew).run();
}

test('a sick crew is dealt with in three presses from the start page, with a text for each customer above the seats', async () => {
  const { jobs, office } = await arrange();
  await give(jobs[1].id, 'doi-2');
  const today = new Visitor(fromVietnam(DAY, '06:30'));
  const start = await today.open(await weekPath(staffSigning(today.now)));
  expect(start.words).toContain('Đã xác nhận · Đội 1');
  expect(start.words).toContain('Đã xác nhận · Chưa có đội');
  const [link = ''] = /\/viec\/ngay\/2026-11-26\/[^"]+/.exec(start.text) ?? [];
  const sheet = await today.open(link);
  const after = await today.follow(formOf(sheet, 'crew'), { choice: 'off/doi-1' });
  expect(after.words).toContain('Đội 1 nghỉ');
  expect(after.words).toContain('Việc hơn số chỗ');
  const texts = [...after.text.matchAll(/aria-label="Chép để gửi khách"[^>]*>([^<]+)</g)];
  // The job of the crew that works keeps its seat, then the earliest.
  expect(texts.map(([, text = '']) => text.includes(jobs[2].code))).toEqual([true]);
  expect(texts[0]?.[1]).toContain('Lịch chưa hủy');
  expect(after.text).not.toMatch(PERSONAL);
  expect(await count('bookings', "state = 'confirmed'")).toBe(3);
  expect(await count('seats')).toBe(3);
  const week = await office.open(`${await weekPath(staffSigning())}?from=${DAY}`);
  expect(week.words).toContain('3/2 chỗ');
  const opened = await today.follow(formOf(after, 'open'), { sure: 'yes' });
  expect(opened.text).toMatch(/href="sms:\+84914000222\?body=[^"]*thi%E1%BA%BFu/);
  const back = await today.follow(formOf(after, 'crew'), { choice: 'on/doi-1' });
  expect(back.words).not.toContain('Việc hơn số chỗ');
});

test('one tap gives an opened job to a crew; closed, or to a crew that is off, it changes nothing', async () => {
  const { jobs, office, path } = await arrange();
  const closed = await office.open(path);
  expect(closed.forms.filter(({ values }) => values['act'] === 'assign')).toEqual([]);
  const opened = await office.follow(formOf(closed, 'open'), { sure: 'yes' });
  expect(opened.words.indexOf('Chưa có đội')).toBeLessThan(opened.words.indexOf('Nguyễn Thị Hoa'));
  const form = jobForm(opened, 'assign', jobs[1].id);
  const before = await readDatabase();
  expect((await new Visitor(NOW).submit(form, { crew: 'doi-2' })).status).toBe(422);
  expect((await office.submit(form, { crew: 'doi-9' })).status).toBe(422);
  expect(await readDatabase()).toBe(before);
  const given = await office.follow(form, { crew: 'doi-2' });
  expect(given.words).toContain(`${jobs[1].code}: đã giao cho Đội 2.`);
  const job = await readBooking(jobs[1].id);
  expect(job).toMatchObject({ crew: 'doi-2', state: 'confirmed', version: jobs[1].version + 1 });
  expect(await count('deliveries', `subject_id = '${job.id}' and version = ${job.version}`)).toBe(
    0,
  );
  const [, text = ''] = /Đội 2<\/span>\s*<textarea[^>]*>([^<]*)</.exec(given.text) ?? [];
  expect(text).toContain('Trần Văn Nam');
  expect(text).not.toContain('Nguyễn Thị Hoa');
  expect(text).not.toContain(job.code);
  expect(text).toContain(`/viec/ngay/${DAY}/doi-2.`);
  expect((await office.submit(form, { crew: 'doi-2' })).words).toContain(
    outcomeNotices.repeated.notice,
  );
  expect((await office.submit(form, { crew: 'doi-3' })).status).toBe(409);
});

test('a crew sees its own jobs of the day, without codes, after a press that the ledger names', async () => {
  const { jobs } = await arrange();
  await give(jobs[1].id, 'doi-2');
  const crew = new Visitor(NOW);
  const page = await crew.open(await crewLink('doi-1', DAY));
  expect(page.text).not.toMatch(PERSONAL);
  expect((await crew.submit(formOf(page, 'open'))).status).toBe(422);
  expect(await count('disclosures', "kind like 'opened%'")).toBe(0);
  const opened = await crew.follow(formOf(page, 'open'), { sure: 'yes' });
  for (const words of ['Nguyễn Thị Hoa', '12 Lê Lợi', 'Cổng sau']) {
    expect(opened.words).toContain(words);
  }
  for (const { code } of jobs) expect(opened.text).not.toContain(code);
  expect(opened.words).not.toContain('Trần Văn Nam');
  expect(opened.text).not.toMatch(/hoa@example\.org|\/viec\/lich\/|name="choice"/);
  const { results } = await env.DB.prepare(
    "select subject_id, kind, fields from disclosures where kind like 'opened%'",
  ).all();
  expect(results).toEqual([
    {
      subject_id: jobs[0].id,
      kind: 'opened-by-crew',
      fields: '["name","phone","address","note"]',
    },
  ]);
});

test('what a crew reports is in the customer’s record, by the crew, on its own jobs and day only', async () => {
  const { jobs } = await arrange();
  await give(jobs[1].id, 'doi-2');
  const path = await crewLink('doi-1', DAY);
  const crew = new Visitor(NOW);
  const mark = (values: Record<string, string>) => async () => {
    const page = await crew.open(path);
    return crew.follow(jobForm(page, 'mark', jobs[0].id), values);
  };
  const before = await readDatabase();
  crew.now = fromVietnam(DAY, '09:00');
  const form = jobForm(await crew.open(path), 'mark', jobs[0].id);
  crew.now = NOW;
  expect((await crew.open(path)).text).not.toContain('name="mark"');
  expect((await crew.submit(form, { mark: 'onTheWay' })).status).toBe(422);
  crew.now = fromVietnam(DAY, '09:00');
  const wrong: Record<string, string>[] = [
    { mark: '' },
    { mark: 'complete' },
    { mark: 'cancel' },
    { mark: 'onTheWay', job: jobs[1].id },
    { act: 'assign', crew: 'doi-2' },
    { act: 'crew', choice: 'off/doi-1' },
  ];
  for (const values of wrong) {
    expect((await mark(values)()).status).toBe(422);
  }
  expect(await readDatabase()).toBe(before);
  const customer = new Visitor(crew.now);
  const own = await customerPath(readLinkKeys(env.LINK_KEYS), jobs[0]);
  expect((await mark({ mark: 'onTheWay' })()).words).toContain('Đã báo đang đến.');
  expect((await crew.open(path)).words).toContain('Đang đến, đội báo lúc 9:00');
  expect((await customer.open(own)).words).toContain('Đội đang trên đường đến');
  await mark({ mark: 'atWork' })();
  expect((await customer.open(own)).words).toContain('Đội đang làm việc');
  customer.now = fromVietnam('2026-11-27', '08:00');
  expect((await customer.open(own)).words).not.toContain('Đội đang làm việc');
  customer.now = crew.now;
  crew.now = fromVietnam(DAY, '10:40');
  const done = await mark({ mark: 'complete' })();
  expect(done.words).toContain('Đã làm xong');
  expect((await customer.open(own)).words).toContain('Đội báo đã làm xong');
  expect(await count('events', "actor = 'crew'")).toBe(3);
  expect(await count('deliveries', "kind = 'job.completed'")).toBe(1);
});

test('a crew’s link shows nothing on another day, for another crew, after midnight, once closed or removed', async () => {
  await arrange();
  const path = await crewLink('doi-1', DAY);
  const me = new Visitor(fromVietnam(DAY, '23:59'));
  const statusOf = async (link: string) => (await me.open(link)).status;
  expect(await statusOf(path)).toBe(200);
  expect(await statusOf(path.replace(DAY, '2026-11-27'))).toBe(403);
  expect(await statusOf(path.replace('doi-1', 'doi-2'))).toBe(403);
  me.now = fromVietnam('2026-11-27', '00:00');
  const ended = await me.open(path);
  expect(ended.status).toBe(403);
  // Whoever is in a crew has no mailbox of the office.
  expect(ended.words).toContain('gọi văn phòng để nhận đường dẫn mới');
  expect(ended.words).not.toContain('Nhận đường dẫn mới ở trang');
  me.now = NOW;
  await raiseEpoch(env.DB, 'crew:doi-2', later(NOW, { hours: 1 }));
  expect(await statusOf(path)).toBe(200);
  const sheet = await me.open(await dayPath(staffSigning(), DAY));
  await me.follow(formOf(sheet, 'crew'), { choice: 'close/doi-1' });
  expect(await statusOf(path)).toBe(403);
  const next = await crewLink('doi-1', DAY);
  expect(await statusOf(next)).toBe(200);
  await raiseEpoch(env.DB, 'staff', NOW);
  expect(await statusOf(next)).toBe(403);
  const newest = await crewLink('doi-1', DAY);
  expect(await statusOf(newest)).toBe(200);
  setCrews(madeUpCrews.slice(1));
  expect(await statusOf(newest)).toBe(403);
});

test('a number of seats for the day or a window is set and taken back; a wrong one changes nothing', async () => {
  const { office, path } = await arrange();
  const set = async (window: string, seats: string) =>
    office.follow(formOf(await office.open(path), 'seats'), { window, seats });
  const before = await readDatabase();
  for (const seats of ['51', '-1', 'hai', '1.5', '.', '1²'])
    expect((await set('day', seats)).status).toBe(422);
  expect((await set('dem', '2')).status).toBe(422);
  expect(await readDatabase()).toBe(before);
  expect((await set('day', '\u200E１.')).words).toContain('Cả ngày: 1 chỗ');
  expect((await office.open(path)).words).toContain('Việc hơn số chỗ');
  expect((await set('sang', '4')).words).not.toContain('Việc hơn số chỗ');
  await set('sang', '\u2800\u200B');
  expect((await set('day', '')).words).not.toContain('Cả ngày: 1 chỗ');
});
