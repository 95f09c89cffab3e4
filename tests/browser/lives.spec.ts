import { bookingRules, services } from '../../shared/content/catalogue.ts';
import {
  escape,
  chooseStart,
  chooseWard,
  CODE,
  service,
  startingWith,
  STATUS_PAGE,
} from './facts.ts';
import { findLayoutFaults } from './layout-faults.ts';
import { expect, test as base } from './test.ts';
import { Life } from './life.ts';
import { caller, someone } from './people.ts';

const SERVICE = service.id;
/** The first that is offered: in the evening the first of the next day is too near. */
const anyWindow = new RegExp(bookingRules.windows.map(({ label }) => label).join('|'));
/** Past the time in which a confirm or decline can be taken back. */
const UNDO_OVER = 11;
const DAY = 24 * 60;

const test = base.extend<{ life: Life }>({
  life: async ({ page, inbox }, use) => use(new Life(page, inbox)),
});

test('a request is confirmed, moved by its customer, and cancelled', async ({ page, life }) => {
  const main = page.getByRole('main');
  const start = await life.lastStart(SERVICE);
  const { code, statusUrl } = await life.book(someone(1), start);
  await expect(main).toContainText('Đã nhận, chờ xác nhận');
  expect(await life.seatsAt(SERVICE, start)).toBe(start.seatsLeft - 1);
  await life.runCron();
  const staffLink = await life.staffLink(code);
  await expect.poll(() => life.dispatchEvents(code)).toEqual(['job.requested 1']);

  await page.goto(staffLink);
  await life.act('Nhận việc này, đúng ngày giờ trên', 'Xác nhận');
  await expect(main).toContainText('Đã xác nhận');
  await life.runCron();
  await expect.poll(() => life.dispatchEvents(code)).toEqual(['job.requested 1']);
  await life.pass(UNDO_OVER);
  await life.runCron();
  await expect
    .poll(() => life.dispatchEvents(code))
    .toEqual(['job.requested 1', 'job.confirmed 2']);
  await page.goto(statusUrl);
  await expect(main).toContainText('Đã xác nhận');
  const sure = await life.calendarOfPage();
  expect(sure).toMatchObject({ method: 'PUBLISH', sequence: 2, status: 'CONFIRMED' });

  await life.act(anyWindow, 'Đổi sang giờ đã chọn', 'Đổi sang ngày giờ khác');
  await expect(main).toContainText('Anh/chị đổi giờ lúc');
  await life.runCron();
  await expect.poll(() => life.mails(code)).toEqual([`Yêu cầu mới: ${code}`, `Đã đổi: ${code}`]);
  await expect
    .poll(async () => (await life.dispatchEvents(code)).slice(2))
    .toEqual(['job.rescheduled 3']);
  expect(await life.seatsAt(SERVICE, start)).toBe(start.seatsLeft);
  const moved = await life.calendarOfPage();
  expect(moved).toEqual({ ...sure, sequence: 3, startsAt: moved.startsAt });
  expect(moved.startsAt).not.toEqual(sure.startsAt);

  await life.cancel();
  await expect(main).toContainText('Anh/chị đã hủy đơn này');
  await life.runCron();
  await expect.poll(() => life.mails(code)).toContain(`Đã hủy: ${code}`);
  await expect
    .poll(async () => (await life.dispatchEvents(code)).slice(3))
    .toEqual(['job.cancelled 4']);
  const gone = { ...moved, sequence: 4, method: 'CANCEL', status: 'CANCELLED' };
  expect(await life.calendarOfPage()).toEqual(gone);
  await page.goto(staffLink);
  await expect(main).toContainText('Đã hủy');
  await expect(main.getByRole('button', { name: 'Xác nhận', exact: true })).toHaveCount(0);
});

test('two services are asked for in one visit', async ({ page, life }) => {
  const [first, second] = services.filter(
    ({ visit, windows }) => visit === 'work' && windows === 1,
  );
  test.skip(second === undefined, 'The company has one service of a window only.');
  if (first === undefined || second === undefined) return;
  const main = page.getByRole('main');
  const start = await life.lastStart(first.id, second.id);
  await page.goto(`/dat-lich/?from=${start.date}`);
  const choose = (name: string) => page.getByRole('checkbox', { name: startingWith(name) }).check();
  await choose(first.name);
  await expect(page.getByRole('checkbox', { name: startingWith(second.name) })).toBeHidden();
  await page.locator('summary', { hasText: 'Thêm dịch vụ nữa' }).click();
  await choose(second.name);
  await page.locator(`[name="quantity.${first.id}"]`).fill('80');
  await page.locator(`[name="quantity.${second.id}"]`).fill('2');
  await page.getByRole('button', { name: 'Xem giờ cho dịch vụ đã chọn' }).click();
  await chooseStart(page, `${start.date}/${start.window}`);
  await chooseWard(page);
  await page.getByRole('textbox', { name: /Số nhà/ }).fill(someone(4).address);
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(someone(4).name);
  await page.getByRole('textbox', { name: 'Số điện thoại' }).fill(someone(4).phone);
  await page.getByRole('checkbox', { name: /Tôi đồng ý/ }).check();
  await life.pass(1);
  await page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
  await expect(page).toHaveURL(STATUS_PAGE);
  const code = CODE.exec(page.url())?.[0] ?? '';
  const both = `${first.name}, ${second.name}`;
  await expect(main).toContainText(both);
  expect(await findLayoutFaults(page)).toEqual([]);

  await life.runCron();
  expect((await life.inbox.email(code)).text).toContain(both);
  await expect.poll(() => life.dispatchEvents(code)).toEqual(['job.requested 1']);
  const sent = (await life.inbox.list()).find(
    (entry) => entry.kind === 'dispatch' && entry.body.includes(code),
  );
  const { data } = JSON.parse(sent?.kind === 'dispatch' ? sent.body : '') as {
    data: { visit: string; services: object[] };
  };
  expect([data.visit, data.services]).toEqual([
    'work',
    [
      { id: first.id, quantity: 80, answers: {} },
      { id: second.id, quantity: 2, answers: {} },
    ],
  ]);

  await page.goto(await life.staffLink(code));
  await expect(main).toContainText(
    new RegExp(`${escape(first.name)} 80.*, ${escape(second.name)} 2`),
  );
});

test('a declined request comes back by the undo, and ends at dispatch without one', async ({
  page,
  life,
}) => {
  const main = page.getByRole('main');
  const start = await life.lastStart(SERVICE);
  const { code, statusUrl } = await life.book(someone(2), start);
  await life.runCron();
  const staffLink = await life.staffLink(code);

  await page.goto(staffLink);
  await life.act('Ngày này chúng tôi kín lịch', 'Từ chối', 'Từ chối');
  await expect(main).toContainText('Đã từ chối');
  await life.act('Từ chối nhầm, đưa về chờ', 'Rút lại từ chối');
  await expect(main).toContainText('Chờ xác nhận');
  await life.pass(UNDO_OVER);
  await life.runCron();
  expect((await life.dispatchEvents(code)).map((event) => event.split(' ')[0])).not.toContain(
    'job.cancelled',
  );

  await life.act('Ngày này chúng tôi kín lịch', 'Từ chối', 'Từ chối');
  await page.goto(statusUrl);
  await expect(main).toContainText('Chưa nhận làm được');
  await expect(main).toContainText('Lý do: Ngày này chúng tôi kín lịch.');
  expect(await life.seatsAt(SERVICE, start)).toBe(start.seatsLeft - 1);
  await life.pass(UNDO_OVER);
  await life.runCron();
  await life.runCron();
  await expect
    .poll(async () => (await life.dispatchEvents(code)).slice(-2))
    .toEqual(['job.cancelled 5', 'job.erased 6']);
  expect(await life.seatsAt(SERVICE, start)).toBe(start.seatsLeft);
  expect(await life.calendarOfPage()).toMatchObject({ method: 'CANCEL', sequence: 6 });
  await expect.poll(() => life.mails(code)).toEqual([`Yêu cầu mới: ${code}`]);
});

test('a request sent too swiftly waits apart, and is released or dropped', async ({
  page,
  life,
}) => {
  const main = page.getByRole('main');
  const start = await life.lastStart(SERVICE);
  const { code, statusUrl } = await life.book(someone(3), start, { swiftly: true });
  await expect(main).toContainText('Đã nhận, chờ xác nhận');
  expect(await life.seatsAt(SERVICE, start)).toBe(start.seatsLeft);
  await life.runCron();
  const staffLink = await life.staffLink(code);
  expect((await life.inbox.email(code)).subject).toBe('Để riêng, chờ xem lại: 1');
  await expect.poll(() => life.dispatchEvents(code)).toEqual([]);

  await page.goto(staffLink);
  await expect(main).toContainText('Gửi nhanh khác thường');
  await life.act('Đây là khách thật, giữ ngày giờ trên', 'Nhận vào danh sách chờ');
  await expect(main).toContainText('Chờ xác nhận');
  await life.runCron();
  await expect.poll(() => life.dispatchEvents(code)).toEqual(['job.requested 2']);
  expect(await life.seatsAt(SERVICE, start)).toBe(start.seatsLeft - 1);
  await page.goto(statusUrl);
  await expect(main).toContainText('Đã nhận, chờ xác nhận');

  const dropped = await life.book(someone(4), start, { swiftly: true });
  await life.pass(8 * DAY);
  await life.runCron();
  await page.goto(dropped.statusUrl);
  await expect(main).toContainText('Chưa liên lạc được, đã đóng');
  expect(await life.dispatchEvents(dropped.code)).toEqual([]);
});

test('a request that nobody answered lapses when its day is over', async ({ page, life }) => {
  const start = await life.lastStart(SERVICE);
  const { code, statusUrl } = await life.book(someone(5), start);
  await life.runCron();
  await expect.poll(() => life.dispatchEvents(code)).toEqual(['job.requested 1']);
  await life.pass((Date.parse(`${start.date}T24:00:00+07:00`) - Date.now()) / 60_000 - 5);
  await life.runCron();
  await page.goto(statusUrl);
  await expect(page.getByRole('main')).toContainText('Đã nhận, chờ xác nhận');
  await life.pass(5);
  await life.runCron();
  await life.runCron();
  await page.goto(statusUrl);
  await expect(page.getByRole('main')).toContainText('Quá ngày, chưa xác nhận');
  await expect
    .poll(async () => (await life.dispatchEvents(code)).slice(1))
    .toEqual(['job.cancelled 2', 'job.erased 3']);
});

test('someone who calls is put into the week, and the company calls the job off', async ({
  page,
  life,
}) => {
  const main = page.getByRole('main');
  const start = await life.lastStart(SERVICE);
  await page.goto('/viec/');
  await life.act(/Gửi|gửi/, 'Gửi đường dẫn');
  await life.runCron();
  const mail = await life.inbox.email('Đường dẫn mới đến lịch tuần');
  const week = /\/viec\/lich\/[\w.-]+\//.exec(mail.text)?.[0] ?? '';

  await page.goto(`${week}?from=${start.date}`);
  await main.getByRole('link', { name: 'Thêm khách gọi điện' }).click();
  await page.getByRole('checkbox', { name: startingWith(service.name) }).check();
  await page.getByRole('button', { name: 'Xem giờ cho dịch vụ đã chọn' }).click();
  await chooseStart(page, `${start.date}/${start.window}`);
  await chooseWard(page);
  await page.getByRole('textbox', { name: /Số nhà/ }).fill(caller.address);
  await page.getByRole('textbox', { name: 'Họ và tên' }).fill(caller.name);
  await page.getByRole('textbox', { name: 'Số điện thoại' }).fill(caller.phone);
  await page.locator('input[name=consent]').check();
  await page.getByRole('button', { name: 'Ghi vào lịch' }).click();
  await expect(main).toContainText('Đã ghi vào lịch. Đọc mã cho khách.');
  const code = CODE.exec(await main.innerText())?.[0] ?? '';
  expect(await life.seatsAt(SERVICE, start)).toBe(start.seatsLeft - 1);
  await life.pass(UNDO_OVER);
  await life.runCron();
  await expect.poll(() => life.dispatchEvents(code)).toEqual(['job.confirmed 1']);
  await expect.poll(() => life.mails(code)).toEqual([`Yêu cầu mới: ${code}`]);

  const day = page.locator(`#ngay-${start.date}`);
  await day.locator('summary', { hasText: 'Hủy vì công ty không đến được' }).click();
  await day.getByRole('radio', { name: new RegExp(code) }).check();
  await day.getByRole('radio', { name: 'Thời tiết xấu, không an toàn' }).check();
  await day.getByRole('button', { name: 'Hủy việc đã chọn' }).click();
  await expect(main).toContainText('Đã hủy và trả lại chỗ. Nhớ gọi báo khách.');
  await life.runCron();
  await expect
    .poll(async () => (await life.dispatchEvents(code)).slice(1))
    .toEqual(['job.cancelled 2']);
  expect(await life.seatsAt(SERVICE, start)).toBe(start.seatsLeft);

  await page.goto('/don/');
  await page.getByRole('textbox', { name: /Mã/ }).fill(code.toLowerCase().replace('-', ' '));
  await page.getByRole('textbox', { name: /[Bb]ốn số/ }).fill(caller.lastFour);
  await page.getByRole('button', { name: /Mở|Tìm|Xem/ }).click();
  await expect(main).toContainText('Lý do: Thời tiết xấu, không an toàn.');
  expect(await life.calendarOfPage()).toMatchObject({ method: 'CANCEL', sequence: 2 });
});
