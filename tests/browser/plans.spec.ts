import type { Page } from '@playwright/test';
import ICAL from 'ical.js';
import { bookingRules, services } from '../../shared/content/catalogue.ts';
import { repeatNames } from '../../shared/jobs/rhythm.ts';
import {
  addDays,
  daysBetween,
  formatDate,
  toVietnamDate,
  weekdayOf,
  weekdays,
} from '../../shared/time.ts';
import { findAxeFaultsAnew } from './axe-faults.ts';
import { chooseStart, chooseWard, CODE, startingWith } from './facts.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { Life } from './life.ts';
import { caller, someone, type Someone } from './people.ts';
import { expect, test as base } from './test.ts';

const service = services.find(({ repeat, visit }) => repeat && visit === 'work');
/** Days that hold three visits a week apart, of which the first is some days ahead. */
const THREE_VISITS = 21;
const isShort = bookingRules.horizonDays < THREE_VISITS;
/** Past the time in which a confirm can be taken back. */
const UNDO_OVER = 11;
const DAY = 24 * 60;

const test = base.extend<{ life: Life }>({
  life: async ({ page, inbox }, use) => use(new Life(page, inbox)),
});

/** A closed day that would be a working day, at least that many days ahead; null where the company closes on none. */
function nextClosedDay(today: string, days: number): string | null {
  const closed = bookingRules.closed.flatMap(({ from, to }) =>
    Array.from({ length: daysBetween(from, to) + 1 }, (_, at) => addDays(from, at)),
  );
  const working = closed.filter((date) => bookingRules.week[weekdayOf(date)].length > 0);
  return working.toSorted().find((date) => date >= addDays(today, days)) ?? null;
}

/** Books a plan whose first visit is on a day, has staff confirm it, and opens its page. */
async function takePlan(life: Life, person: Someone, date: string) {
  const { page } = life;
  const main = page.getByRole('main');
  const start = { date, window: await life.firstWindow(service?.id ?? '', date) };
  const first = await life.book(person, start, {
    serviceId: service?.id,
    repeat: repeatNames.weekly,
  });
  const plan = page.getByRole('link', { name: CODE });
  const code = (await plan.innerText()).trim();
  await life.runCron();
  await expect.poll(() => life.dispatchEvents(first.code)).toEqual(['job.requested 1']);
  await page.goto(await life.staffLink(first.code));
  await life.act('Nhận việc này, đúng ngày giờ trên', 'Xác nhận');
  await life.pass(UNDO_OVER);
  await life.runCron();
  await page.goto(first.statusUrl);
  await plan.click();
  await expect(main).toContainText('Đang thực hiện');
  return { code, first, planUrl: page.url() };
}

/** The visits of the calendar that a link of the page leads to, read by a parser that did not write it. */
async function readFeed(page: Page, link = 'Tải tệp lịch'): Promise<Map<string, number>> {
  const found = page.getByRole('link', { name: link, includeHidden: true });
  const href = await found.getAttribute('href');
  const answer = await page.request.get((href ?? '').replace(/^webcal:\/\/[^/]+/, ''));
  const calendar = new ICAL.Component(ICAL.parse(await answer.text()) as unknown[]);
  return new Map(
    calendar.getAllSubcomponents('vevent').map((component) => {
      const { uid, sequence } = new ICAL.Event(component);
      return [uid, sequence];
    }),
  );
}

/** The page and the calendar have the same number of coming visits. */
async function countVisits(page: Page): Promise<number> {
  const listed = await page.getByRole('link', { name: 'Đổi giờ buổi này' }).count();
  expect((await readFeed(page)).size).toBe(listed);
  return listed;
}

test('a plan goes from its request over visits that are skipped, moved and chosen anew, a pause and another weekday to its stop', async ({
  page,
  life,
}) => {
  test.setTimeout(400_000);
  test.skip(service === undefined, 'The company has no service that comes again.');
  test.skip(isShort, 'The calendar ends before a third visit.');
  const main = page.getByRole('main');
  const today = toVietnamDate(new Date());
  // The fourth visit falls on a day on which the company is closed, such as one of Tết.
  const closed = nextClosedDay(today, 24);
  const date = closed === null ? await life.workingDay(3) : addDays(closed, -21);
  if (closed !== null) await life.pass((daysBetween(today, date) - 3) * DAY);
  const { code, first, planUrl } = await takePlan(life, someone(6), date);
  expect([await findLayoutFaults(page), await findAxeFaultsAnew(page)]).toEqual([[], []]);
  const all = await countVisits(page);
  expect(all).toBeGreaterThan(2);
  await expect.poll(() => life.planEvents(code, 'job.confirmed')).toBe(all);
  const before = await readFeed(page);

  // One is skipped.
  await page.getByRole('link', { name: 'Bỏ buổi này' }).nth(1).click();
  const skipped = CODE.exec(page.url())?.[0] ?? '';
  await life.act('Tôi muốn hủy đơn này', `Hủy đơn ${skipped}`);
  await expect(main).toContainText('Anh/chị đã hủy đơn này');
  await life.runCron();
  await expect.poll(() => life.mails(skipped)).toEqual([`Đã hủy: ${skipped}`]);
  await expect
    .poll(() => life.dispatchEvents(skipped))
    .toEqual(['job.confirmed 1', 'job.cancelled 2']);
  await page.goto(planUrl);
  expect(await countVisits(page)).toBe(all - 1);

  // One is moved.
  await page.getByRole('link', { name: 'Đổi giờ buổi này' }).nth(1).click();
  const moved = CODE.exec(page.url())?.[0] ?? '';
  // Not the next day, which may be too near to be changed once more.
  await page.locator('#doi-gio input[name=day]').nth(2).check();
  await page.locator('#doi-gio input[name=slot]:visible').last().check();
  await page.getByRole('button', { name: 'Đổi sang giờ đã chọn' }).click();
  await expect(main).toContainText('Anh/chị đổi giờ lúc');
  await life.runCron();
  await expect.poll(() => life.mails(moved)).toEqual([`Đã đổi: ${moved}`]);
  await expect
    .poll(() => life.dispatchEvents(moved))
    .toEqual(['job.confirmed 1', 'job.rescheduled 2']);
  await page.goto(planUrl);
  expect(await countVisits(page)).toBe(all - 1);
  // Nothing else has another version.
  const changed = [...(await readFeed(page))].filter(([uid, at]) => before.get(uid) !== at);
  expect(changed).toHaveLength(1);

  if (closed !== null) {
    await expect(main).toContainText('Cần chọn giờ khác');
    await page.getByRole('link', { name: 'Chọn giờ khác cho ngày này' }).click();
    await expect(main).toContainText(`Giờ khác cho ${formatDate(closed)}`);
    expect(await findLayoutFaults(page)).toEqual([]);
    await page.locator('#chon input[name=slot]:visible').first().check();
    await page.getByRole('button', { name: 'Xếp buổi vào giờ đã chọn' }).click();
    await expect(main).toContainText('Đã xếp buổi này.');
    expect(await countVisits(page)).toBe(all);
  }

  // A pause until the day after the second visit that is left, and on again.
  await page.goto(planUrl);
  const left = await countVisits(page);
  await page.locator('summary', { hasText: 'Tạm nghỉ' }).click();
  await page.getByLabel('Có buổi trở lại từ ngày').fill(addDays(date, 29));
  await page.getByRole('button', { name: 'Tạm nghỉ', exact: true }).click();
  await expect(main).toContainText('Đã tạm nghỉ.');
  await expect(main).toContainText('Đang tạm nghỉ');
  expect(await countVisits(page)).toBeLessThan(left);
  await life.runCron();
  await expect
    .poll(async () => (await life.dispatchEvents(first.code)).at(-1))
    .toMatch(/^job\.cancelled/);
  await life.act('Tôi muốn lịch tiếp tục từ nay', 'Tiếp tục ngay');
  await expect(main).toContainText('Lịch đã tiếp tục.');

  // Another weekday from the next visit on.
  const other = weekdays.find(
    (day) => day !== weekdayOf(date) && bookingRules.week[day].length > 0,
  );
  await page.locator('summary', { hasText: 'Đổi ngày, giờ hoặc' }).click();
  await page.getByLabel('Ngày trong tuần').selectOption(other ?? '');
  await page
    .getByLabel('Khung giờ', { exact: true })
    .selectOption(bookingRules.week[other ?? 'mon'][0] ?? '');
  await page.getByRole('button', { name: 'Đổi lịch', exact: true }).click();
  await expect(main).toContainText('Đã đổi lịch từ buổi sau.');
  expect(await countVisits(page)).toBeGreaterThan(1);

  await page.locator('summary', { hasText: 'Dừng hẳn' }).click();
  await life.act('Tôi muốn dừng lịch định kỳ này', `Dừng lịch ${code}`);
  await expect(main).toContainText('Đã dừng lịch định kỳ.');
  await expect(main).not.toContainText('Các buổi sắp tới');
  await life.pass(UNDO_OVER);
  await life.runCron();
  await life.runCron();
  await expect.poll(() => life.openJobs(code)).toEqual([]);
});

test('a plan is erased between two of its visits', async ({ page, life }) => {
  test.skip(service === undefined, 'The company has no service that comes again.');
  test.skip(isShort, 'The calendar ends before a third visit.');
  const main = page.getByRole('main');
  const date = await life.workingDay(3);
  const { code, planUrl } = await takePlan(life, someone(7), date);
  const all = await countVisits(page);
  await expect.poll(() => life.planEvents(code, 'job.confirmed')).toBe(all);
  await life.pass((daysBetween(toVietnamDate(new Date()), date) + 2) * DAY);
  await page.goto(planUrl);
  await page.getByRole('link', { name: 'Dữ liệu của tôi' }).click();
  await page.getByRole('button', { name: 'Xem đầy đủ' }).click();
  await expect(main).toContainText(someone(7).name);
  await life.act('Tôi muốn xóa thông tin cá nhân ở đây', 'Xóa thông tin', 'Xóa thông tin');
  await expect(main).toContainText('Đã xóa thông tin cá nhân.');
  await life.runCron();
  await life.runCron();
  // The first one has been, and keeps its own page.
  await expect.poll(() => life.events('job.erased')).toBe(all - 1);
  await page.goto(planUrl);
  await expect(main).toContainText('Đã dừng');
  await expect(main).not.toContainText(someone(7).name);
});

/** Opens the start page of staff by the link that they have mailed to themselves. */
async function openWeek(life: Life): Promise<void> {
  await life.page.goto('/viec/');
  await life.act(/Gửi|gửi/, 'Gửi đường dẫn');
  await life.runCron();
  const mail = await life.inbox.email('Đường dẫn mới đến lịch tuần');
  await life.page.goto(/\/viec\/lich\/[\w.-]+\//.exec(mail.text)?.[0] ?? '');
}

/** How many visits the calendar that staff subscribe to has. */
async function countInStaffFeed(page: Page): Promise<number> {
  return (await readFeed(page, 'Thêm vào ứng dụng lịch')).size;
}

/** Chooses service, rhythm and start in the form of staff, and that the customer agreed. */
async function agreeOnPlan(life: Life, date: string): Promise<void> {
  const { page } = life;
  const { id = '', name = '' } = service ?? {};
  await page.getByRole('checkbox', { name: startingWith(name) }).check();
  await page.getByLabel('Bao lâu một lần').selectOption({ label: repeatNames.weekly });
  await page.getByRole('button', { name: 'Xem giờ cho dịch vụ đã chọn' }).click();
  await chooseStart(page, `${date}/${await life.firstWindow(id, date)}`);
  await page.getByRole('radio', { name: /lịch định kỳ và đến làm từng buổi/ }).check();
}

test('a plan is taken by phone, and its address is put right for all visits', async ({
  page,
  life,
}) => {
  test.skip(service === undefined, 'The company has no service that comes again.');
  test.skip(isShort, 'The calendar ends before a third visit.');
  const main = page.getByRole('main');
  const date = await life.workingDay(3);
  await openWeek(life);
  const week = page.url();
  await main.getByRole('link', { name: 'Thêm khách gọi điện' }).click();
  await agreeOnPlan(life, date);
  await chooseWard(page);
  await page.getByRole('textbox', { name: /Số nhà/ }).fill(caller.address);
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(caller.name);
  await page.getByRole('textbox', { name: 'Số điện thoại' }).fill(caller.phone);
  expect(await findLayoutFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Ghi vào lịch' }).click();
  await expect(main).toContainText('Mã của cả lịch định kỳ');
  const [first = '', plan = ''] =
    (await main.innerText()).match(new RegExp(CODE.source, 'g')) ?? [];
  await life.runCron();
  await expect.poll(() => life.mails(first)).toEqual([`Yêu cầu mới: ${first}`]);
  expect(await life.planEvents(plan, 'job.confirmed')).toBe(0);
  await life.pass(UNDO_OVER);
  await life.runCron();
  await page.goto(week);
  const all = await countInStaffFeed(page);
  expect(all).toBeGreaterThan(2);
  await expect.poll(() => life.planEvents(plan, 'job.confirmed')).toBe(all);

  await page.locator('summary', { hasText: 'Lịch định kỳ' }).click();
  await page.getByRole('link', { name: plan }).click();
  await expect(main).toContainText('Đang thực hiện');
  await expect(main).not.toContainText(caller.name);
  await life.act('Tôi cần gọi hoặc đến chỗ khách', 'Xem thông tin liên hệ của khách');
  await expect(main).toContainText(caller.name);
  expect([await findLayoutFaults(page), await findAxeFaultsAnew(page)]).toEqual([[], []]);
  await page.locator('summary', { hasText: 'Sửa thông tin, ghi chú' }).click();
  await page.getByRole('textbox', { name: /Số nhà/ }).fill(someone(5).address);
  await page.getByRole('button', { name: 'Lưu cho mọi buổi tới' }).click();
  await expect(main).toContainText('Đã sửa thông tin cho mọi buổi tới.');
  await expect(main).toContainText(someone(5).address);
  await life.runCron();
  await expect.poll(() => life.planEvents(plan, 'job.updated')).toBe(all);
  expect(await life.mails(first)).toEqual([`Yêu cầu mới: ${first}`]);
});

test('a survey becomes the plan that was agreed on', async ({ page, life }) => {
  const survey = services.find(({ visit }) => visit === 'survey');
  test.skip(survey === undefined || service === undefined, 'No survey, or nothing comes again.');
  const main = page.getByRole('main');
  const person = someone(8);
  const day = await life.workingDay(3);
  const start = { date: day, window: await life.firstWindow(survey?.id ?? '', day) };
  const looked = await life.book(person, start, { serviceId: survey?.id });
  await expect(main).toContainText('Đến xem và báo giá');
  await life.runCron();
  await page.goto(await life.staffLink(looked.code));
  await life.act('Nhận việc này, đúng ngày giờ trên', 'Xác nhận');
  await life.pass(UNDO_OVER);
  await life.runCron();
  await expect
    .poll(() => life.dispatchEvents(looked.code))
    .toEqual(['job.requested 1', 'job.confirmed 2']);

  await life.act('Tôi cần gọi hoặc đến chỗ khách', 'Xem thông tin liên hệ của khách');
  await page.getByRole('link', { name: 'Chốt việc' }).click();
  const { name = '' } = survey ?? {};
  if (survey?.repeat !== true)
    await page.getByRole('checkbox', { name: startingWith(name) }).uncheck();
  await agreeOnPlan(life, await life.workingDay(5));
  await page.getByRole('button', { name: 'Ghi vào lịch' }).click();
  await expect(main).toContainText('Khách định kỳ');
  const first = CODE.exec(page.url())?.[0] ?? '';
  const link = main.getByRole('link', { name: /^lịch/ });
  const plan = CODE.exec(await link.innerText())?.[0] ?? '';
  await life.pass(UNDO_OVER);
  await life.runCron();
  await expect.poll(() => life.mails(first)).toEqual([`Yêu cầu mới: ${first}`]);
  await link.click();
  await expect(main).toContainText('Đang thực hiện');
  const all = await main.getByRole('listitem').filter({ hasText: CODE }).count();
  expect(all).toBeGreaterThan(2);
  await expect.poll(() => life.planEvents(plan, 'job.confirmed')).toBe(all);
  expect(await life.dispatchEvents(looked.code)).toEqual(['job.requested 1', 'job.confirmed 2']);
  await openWeek(life);
  expect(await countInStaffFeed(page)).toBe(all + 1);
});
