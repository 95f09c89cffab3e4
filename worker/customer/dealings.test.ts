import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { customerPath, foundPath, viewPath } from '../signing/links.ts';
import { staffPath } from '../signing/staff-links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { formOf, type Page, Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { count, readBooking, submitBooking, writeAsBefore } from '../test/records.ts';
import { send } from '../test/requests.ts';
import { staffSigning } from '../test/staff.ts';

const keys = readLinkKeys(env.LINK_KEYS);
/** Half an hour into the window of a booking of tests, and the day after. */
const UNDER_WAY = new Date('2026-11-26T03:00:00.000Z');
const noBank = { BANK_BIN: '', BANK_ACCOUNT: '', BANK_NAME: '' };
const bank = { BANK_BIN: '970436', BANK_ACCOUNT: '0123456789', BANK_NAME: 'CONG TY MAU' };

// Other files of tests have the same settings.
afterEach(() => void Object.assign(env, noBank));

/** A booking with pages for its customer and for staff, who have its details open. */
async function arrange(state = 'requested', now = NOW) {
  Object.assign(env, bank);
  const record = await submitBooking();
  await setState(state);
  const job = await staffPath(staffSigning(now), record);
  const staff = new Visitor(now);
  await staff.follow(formOf(await staff.open(job), 'open'), { sure: 'yes' });
  return { ...record, job, staff, path: await customerPath(keys, record), me: new Visitor(now) };
}

async function setState(state: string) {
  await env.DB.prepare('update bookings set state = ?').bind(state).run();
}

async function tell(
  { staff, job }: { staff: Visitor; job: string },
  act: string,
  values: Record<string, string> = {},
): Promise<Page> {
  return staff.follow(formOf(await staff.open(job), act), values);
}

async function agree({ me, path }: { me: Visitor; path: string }): Promise<Page> {
  return me.follow(formOf(await me.openAll(path), 'agree'), { sure: 'yes' });
}

describe('a price', () => {
  test('goes with the confirmation, is read with what it covers after a press, and is agreed to once', async () => {
    const one = await arrange();
    await tell(one, 'confirmPrice', { amount: '1,2 triệu', covers: 'Hai ghế, giặt và sấy' });
    expect((await readBooking(one.id)).state).toBe('confirmed');
    const closed = await one.me.open(one.path);
    // It asks for the yes above all that the page says.
    expect(closed.words).toMatch(/Giá 1\.200\.000 ₫ ?, chờ anh\/chị đồng ý.*Tiếp theo.*Báo lúc/s);
    expect(closed.words).toContain('Báo lúc Thứ Hai, 23/11/2026, 9:00');
    expect(closed.text).not.toContain('Hai ghế');
    const shown = await one.me.openAll(one.path);
    expect(shown.words).toContain('Hai ghế, giặt và sấy');
    const form = formOf(shown, 'agree');
    const done = await one.me.follow(form, { sure: 'yes' });
    expect(done.words).toContain('Đã đồng ý giá.');
    expect(done.words).not.toContain('chờ anh/chị đồng ý');
    expect(done.words).toContain('Anh/chị đã đồng ý lúc Thứ Hai, 23/11/2026, 9:00');
    expect((await one.me.submit(form, { sure: 'yes' })).words).toContain('đã được ghi trước đó');
    expect(await count('prices', "agreed_by = 'customer' and version = 1")).toBe(1);
  });

  test('that came after the page was opened is not agreed to by it', async () => {
    const one = await arrange('confirmed');
    await tell(one, 'price', { amount: '500k', covers: '' });
    const form = formOf(await one.me.openAll(one.path), 'agree');
    await tell(one, 'price', { amount: '900k', covers: '' });
    expect((await one.me.submit(form, { sure: 'yes' })).status).toBe(409);
    expect(await count('prices', 'agreed_at is not null')).toBe(0);
  });

  test('that is newer is not taken for the one that was agreed to, whichever page asks', async () => {
    const one = await arrange('confirmed');
    await tell(one, 'price', { amount: '500k' });
    const mine = formOf(await one.me.openAll(one.path), 'agree');
    await one.me.submit(mine, { sure: 'yes' });
    await tell(one, 'price', { amount: '900k' });
    expect((await one.me.submit(mine, { sure: 'yes' })).status).toBe(409);
    const theirs = formOf(await one.staff.open(one.job), 'agreePhone');
    await one.staff.submit(theirs);
    await tell(one, 'price', { amount: '950k' });
    expect((await one.staff.submit(theirs)).status).toBe(409);
    expect(await count('prices', 'agreed_at is null')).toBe(1);
  });

  test('that changes shows both with their words, and is no ground to pay until agreed again', async () => {
    const one = await arrange('confirmed');
    await tell(one, 'price', { amount: '500.000', covers: 'Một ghế' });
    await agree(one);
    await tell(one, 'price', { amount: '700.000', covers: 'Hai ghế' });
    one.me.now = one.staff.now = UNDER_WAY;
    const page = await one.me.openAll(one.path);
    expect(page.words).toMatch(/700\.000 ₫.*Hai ghế.*chưa đồng ý.*Trước đó: 500\.000 ₫.*Một ghế/);
    expect(page.text).not.toContain('VietQR');
    expect((await agree(one)).text).toContain('VietQR');
  });

  test('is agreed to by telephone, which the page says', async () => {
    const one = await arrange('confirmed');
    await tell(one, 'price', { amount: '500k' });
    await tell(one, 'agreePhone', { sure: 'yes' });
    expect((await one.me.open(one.path)).words).toContain('đã đồng ý qua điện thoại lúc');
    expect(await count('prices', "agreed_by = 'phone'")).toBe(1);
  });

  test('that cannot be read is given back as typed, and nothing is confirmed', async () => {
    const one = await arrange();
    const page = await tell(one, 'confirmPrice', { amount: '1tr20', covers: 'Hai ghế' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('value="1tr20"');
    expect(page.text).toContain('>Hai ghế</textarea>');
    expect(page.words).toContain('Ghi số tiền từ 1.000 đến 1.000.000.000 đồng');
    expect((await readBooking(one.id)).state).toBe('requested');
  });

  test('is told by nobody who has not opened the details, and agreed to by no link but the own', async () => {
    const one = await arrange('confirmed');
    const form = formOf(await one.staff.open(one.job), 'price');
    const blind = await new Visitor(NOW).submit(form, { amount: '500k' });
    expect(blind.status).toBe(422);
    await tell(one, 'price', { amount: '500k' });
    const token = formOf(await one.me.open(one.path), 'agree').values['token'] ?? '';
    const found = await foundPath({ keys, now: NOW }, one, 'phone');
    const other = new Visitor(NOW);
    const shown = (await other.open(found)).words;
    expect(shown).toContain('500.000 ₫');
    expect(shown).toContain('Muốn đồng ý giá này, anh/chị gọi');
    expect((await one.me.open(one.path)).words).not.toContain('Muốn đồng ý giá này');
    expect((await other.post(found, { act: 'agree', token, sure: 'yes' })).status).toBe(403);
    for (const path of [
      await foundPath({ keys, now: NOW }, one, 'digits'),
      await viewPath(keys, one),
    ])
      expect((await other.open(path)).words).not.toContain('500.000');
    expect(await count('prices', 'agreed_at is not null')).toBe(0);
  });
});

describe('paying', () => {
  test('is offered from the start of the visit on, for what was agreed and is open', async () => {
    const one = await arrange('confirmed');
    await tell(one, 'price', { amount: '500k' });
    await agree(one);
    expect((await one.me.open(one.path)).text).not.toContain('VietQR');
    one.me.now = one.staff.now = UNDER_WAY;
    const page = await one.me.open(one.path);
    expect(page.text).toContain('Mã VietQR');
    expect(page.words).toContain('Chỉ trả vào tài khoản mang tên CONG TY MAU');
    expect(page.words).toMatch(/Số tiền 500\.000 ₫ Nội dung TT\w{7}/);
    expect(page.words).not.toContain(`Nội dung ${one.code}`);
    await tell(one, 'pay', { paid: '200k', method: 'cash' });
    expect((await one.me.open(one.path)).words).toContain('Số tiền 300.000 ₫');
    await tell(one, 'pay', { paid: '300.000', method: 'transfer' });
    const paid = await one.me.open(one.path);
    expect(paid.text).not.toContain('Mã VietQR');
    expect(paid.words).toContain('Đã trả 500.000 ₫ trong 500.000 ₫, đã đủ.');
  });

  test.each(['BANK_BIN', 'BANK_ACCOUNT', 'BANK_NAME'])(
    'is not offered without %s',
    async (name) => {
      const one = await arrange('confirmed');
      await tell(one, 'price', { amount: '500k' });
      await agree(one);
      const settings = { ...env, [name]: '' };
      const page = await send(
        one.path,
        { headers: { Accept: 'text/html' } },
        { now: UNDER_WAY, env: settings },
      );
      expect(await page.text()).not.toContain('Mã VietQR');
    },
  );

  test.each(['cancelled', 'declined', 'lapsed', 'dropped'])(
    'is not offered once %s',
    async (state) => {
      const one = await arrange('confirmed');
      await tell(one, 'price', { amount: '500k' });
      await agree(one);
      await setState(state);
      one.me.now = UNDER_WAY;
      expect((await one.me.open(one.path)).text).not.toContain('Mã VietQR');
    },
  );

  test('is noted once a press, undone for a day, and kept with what was undone', async () => {
    const one = await arrange('confirmed', UNDER_WAY);
    const form = formOf(await one.staff.open(one.job), 'pay');
    await one.staff.follow(form, { paid: '200k', method: 'cash' });
    expect((await one.staff.submit(form, { paid: '200k', method: 'cash' })).words).toContain(
      'đã được ghi trước đó',
    );
    expect((await one.staff.submit(form, { paid: '900k', method: 'cash' })).status).toBe(409);
    expect(await count('payments')).toBe(1);
    const late = formOf(await one.staff.open(one.job), 'undoPay');
    await one.staff.follow(late, { reason: '1' });
    expect(await count('payments', 'undone_at is not null')).toBe(1);
    await tell(one, 'pay', { paid: '300k', method: 'transfer' });
    const next = later(UNDER_WAY, { hours: 25 });
    const staff = new Visitor(next);
    const job = await staffPath(staffSigning(next), one);
    const page = await staff.open(job);
    expect(page.words).toContain('200.000 ₫, tiền mặt, Thứ Năm, 26/11/2026, 10:00 (đã bỏ)');
    expect(page.forms.map(({ values }) => values['act'])).not.toContain('undoPay');
    const token = formOf(page, 'pay').values['token'] ?? '';
    expect((await staff.post(job, { act: 'undoPay', token, reason: '2' })).status).toBe(409);
  });

  test('is undone by its own press only: a page that is older undoes no other', async () => {
    const one = await arrange('confirmed', UNDER_WAY);
    await tell(one, 'pay', { paid: '200k', method: 'cash' });
    await tell(one, 'pay', { paid: '300k', method: 'cash' });
    const form = formOf(await one.staff.open(one.job), 'undoPay');
    await one.staff.submit(form, { reason: '1' });
    expect((await one.staff.submit(form, { reason: '2' })).status).toBe(409);
    expect(await count('payments', 'undone_at is not null')).toBe(1);
  });

  test('in full for a visit that is over ends the wait for a yes, on both pages', async () => {
    const one = await arrange('confirmed', UNDER_WAY);
    await tell(one, 'price', { amount: '500k' });
    await tell(one, 'pay', { paid: '500k', method: 'cash' });
    const acts = ({ forms }: Page) => forms.map(({ values }) => values['act']);
    expect((await one.me.open(one.path)).words).toContain('chờ anh/chị đồng ý');
    expect(acts(await one.staff.open(one.job))).toContain('agreePhone');
    await setState('completed');
    const mine = await one.me.open(one.path);
    expect(mine.words).toMatch(/500\.000 ₫ Báo lúc [^.]+\. Đã trả đủ ?\./);
    expect(mine.words).not.toContain('đồng ý giá');
    expect(mine.words).not.toContain('chờ anh/chị đồng ý');
    expect(acts(mine)).not.toContain('agree');
    const theirs = await one.staff.open(one.job);
    expect(theirs.words).toContain('Đã trả đủ');
    expect(theirs.words).not.toContain('Khách chưa đồng ý');
    expect(acts(theirs)).not.toContain('agreePhone');
    await tell(one, 'price', { amount: '600k' });
    expect((await one.me.open(one.path)).words).toContain('Anh/chị chưa đồng ý giá này');
  });

  test('leaves a receipt that is no invoice, and none where nothing is paid', async () => {
    const one = await arrange('confirmed', UNDER_WAY);
    await tell(one, 'price', { amount: '500k', covers: 'Một ghế' });
    await agree(one);
    const receipt = one.path.replace('/?', '/bien-nhan/?');
    expect((await one.me.open(receipt)).headers.get('Location')).toBe(one.path);
    await tell(one, 'pay', { paid: '200k', method: 'cash' });
    const page = await one.me.open(receipt);
    expect(page.words).toMatch(/Tiền mặt 200\.000 ₫.*Đã trả 200\.000 ₫ Còn phải trả 300\.000 ₫/);
    expect(page.words).toContain('Biên nhận này không phải hóa đơn.');
    expect(page.headers.get('Cache-Control')).toContain('no-store');
    expect((await new Visitor(UNDER_WAY).open(receipt)).text).not.toMatch(/Một ghế|Nguyễn Thị Hoa/);
  });

  test.each(['cancelled', 'no-show', 'declined'])(
    'owes nothing where the visit is %s',
    async (state) => {
      const one = await arrange('confirmed', UNDER_WAY);
      await tell(one, 'price', { amount: '500k', covers: '' });
      await agree(one);
      await tell(one, 'pay', { paid: '200k', method: 'cash' });
      await setState(state);
      const receipt = await one.me.open(one.path.replace('/?', '/bien-nhan/?'));
      expect(receipt.words).toContain('Đã trả 200.000 ₫');
      expect(receipt.words).not.toContain('Còn phải trả');
      expect((await one.me.open(one.path)).words).not.toContain('còn 300.000');
      expect((await one.staff.open(one.job)).words).not.toContain('còn 300.000');
    },
  );
});

describe('a rating', () => {
  async function rate(one: { me: Visitor; path: string }, values: Record<string, string>) {
    return one.me.follow(formOf(await one.me.openAll(one.path), 'rate'), values);
  }

  test('is given once the work is done, and changed for a day', async () => {
    const one = await arrange('confirmed', UNDER_WAY);
    expect((await one.me.openAll(one.path)).forms.map(({ values }) => values['act'])).not.toContain(
      'rate',
    );
    await setState('completed');
    const done = await rate(one, { rating: 'fair', words: 'Còn vệt nước' });
    expect(done.words).toContain('Đã ghi đánh giá. Cảm ơn anh/chị.');
    expect(done.words).toContain('Tạm được');
    expect(done.words).toContain('Còn vệt nước');
    expect(await count('messages')).toBe(0);
    await rate(one, { rating: 'good', words: '' });
    expect(await count('ratings', "rating = 'good'")).toBe(1);
    expect(await count('rating_totals', "rating = 'fair' and count = 0")).toBe(1);
    one.me.now = later(UNDER_WAY, { hours: 25 });
    const over = await one.me.open(one.path);
    expect(over.forms.map(({ values }) => values['act'])).not.toContain('rate');
    one.staff.now = UNDER_WAY;
    expect((await one.staff.open(one.job)).words).toContain('Khách đánh giá: Tốt');
  });

  test('with other words is no repeat, and its words are given back', async () => {
    const one = await arrange('completed', UNDER_WAY);
    const form = formOf(await one.me.openAll(one.path), 'rate');
    const same = { rating: 'good', words: 'Rất sạch' };
    await one.me.submit(form, same);
    expect((await one.me.submit(form, same)).status).toBe(200);
    const other = await one.me.submit(form, { ...same, words: 'Rất nhanh' });
    expect([other.status, other.text.includes('>Rất nhanh</textarea>')]).toEqual([409, true]);
  });

  test('"poor" opens a genuine complaint with its clock, once, and says so to staff', async () => {
    const one = await arrange('completed', UNDER_WAY);
    const form = formOf(await one.me.openAll(one.path), 'rate');
    const answer = await one.me.submit(form, { rating: 'poor', words: 'Ghế còn ẩm' });
    expect(answer.headers.get('Location')).not.toContain(one.code);
    await one.me.submit(form, { rating: 'poor', words: 'Ghế còn ẩm' });
    await rate(one, { rating: 'poor', words: 'Ghế còn rất ẩm' });
    expect(
      await count(
        'messages',
        `kind = 'complaint' and genuine = 1 and booking_code = '${one.code}'`,
      ),
    ).toBe(1);
    expect(await count('deliveries', "kind = 'message.received'")).toBe(1);
    expect(await count('ratings', "rating = 'poor'")).toBe(1);
  });

  test('is changed ten times a day, and what is beyond opens no complaint either', async () => {
    const one = await arrange('completed', UNDER_WAY);
    await rate(one, { rating: 'good', words: '' });
    await env.DB.prepare("update tries set count = count + 9 where name like 'rate:%'").run();
    const over = await rate(one, { rating: 'poor', words: 'Ghế còn ẩm' });
    expect(over.status).toBe(429);
    expect(over.text).toContain('>Ghế còn ẩm</textarea>');
    expect([await count('messages'), await count('ratings', "rating = 'good'")]).toEqual([0, 1]);
  });

  test('without a choice, too long or too late is refused and given back', async () => {
    const one = await arrange('completed', UNDER_WAY);
    const form = formOf(await one.me.openAll(one.path), 'rate');
    const none = await one.me.submit(form, { words: 'Rất sạch' });
    expect(none.status).toBe(422);
    expect(none.text).toContain('>Rất sạch</textarea>');
    expect((await one.me.submit(form, { rating: 'good', words: 'x'.repeat(501) })).status).toBe(
      422,
    );
    expect(await count('ratings')).toBe(0);
  });

  test('is shown as a share from ten on only', async () => {
    const ask = async () =>
      (await (await send('/api/visits')).json<{ ratings: unknown }>()).ratings;
    await env.DB.prepare("insert into rating_totals values ('good', 8), ('poor', 1)").run();
    expect(await ask()).toBeNull();
    expect((await new Visitor(NOW).open('/minh-bach/')).words).not.toContain('Khách đánh giá');
    await env.DB.prepare("update rating_totals set count = 9 where rating = 'good'").run();
    expect(await ask()).toEqual({ count: 10, good: 9 });
    expect((await new Visitor(NOW).open('/minh-bach/')).words).toContain('9 trong 10 lượt');
  });
});

describe('visits before', () => {
  async function repeat({ me, path }: { me: Visitor; path: string }, slot: string) {
    const again = path.replace('/?', '/dat-lai/?');
    await me.openAll(path);
    const page = await me.open(again);
    // What a price covered was said of that visit only.
    expect(page.words).not.toContain('Một ghế');
    const [form] = page.forms;
    if (form === undefined) throw new Error('No form');
    me.now = later(me.now, { minutes: 1 });
    const sent = await me.submit(form, { slot, consent: 'yes' });
    return sent.headers.get('Location') ?? '';
  }

  test('stand on the page of who asked again, by date, service, state and price alone', async () => {
    const one = await arrange('completed', UNDER_WAY);
    await tell(one, 'price', { amount: '500k', covers: 'Một ghế' });
    await agree(one);
    const next = await repeat(one, '2026-12-03/sang');
    const page = await one.me.open(next);
    expect(page.words).toContain('Những lần trước');
    expect(page.words).toMatch(/26\/11\/2026 : [^,]+ , Đã làm xong , 500\.000 ₫/);
    const row = await env.DB.prepare('select id, code from bookings where previous = ?')
      .bind(one.id)
      .first<{ id: string; code: string }>();
    if (row === null) throw new Error('not linked');
    const job = await staffPath(staffSigning(UNDER_WAY), row);
    expect((await new Visitor(UNDER_WAY).open(job)).words).toContain('Khách quen, lần thứ 2');
    // Code and number do not lead to the earlier visits.
    const found = await foundPath({ keys, now: UNDER_WAY }, row, 'phone');
    expect((await new Visitor(UNDER_WAY).open(found)).words).not.toContain('Những lần trước');
  });

  test('ask for a look again where the work was agreed on after one, and the form says so', async () => {
    const record = await submitBooking({ service: 've-sinh-tuong-son' });
    await env.DB.prepare("update bookings set state = 'completed', visit = 'work'").run();
    const path = await customerPath(keys, record);
    const me = new Visitor(UNDER_WAY);
    const { words } = await me.openAll(path);
    expect(words).toContain('Đặt lịch lại');
    expect(words).not.toContain('Đặt lại như lần này');
    const form = await me.open(path.replace('/?', '/dat-lai/?'));
    expect(form.words).toContain('Đến xem và báo giá');
  });

  test('are cut off where one of them is erased', async () => {
    const one = await arrange('completed', UNDER_WAY);
    const next = await repeat(one, '2026-12-03/sang');
    await eraseRecord(env, { id: one.id, cause: 'request', actor: 'customer', now: UNDER_WAY });
    expect((await one.me.open(next)).words).not.toContain('Những lần trước');
    expect(await count('bookings', 'previous is not null')).toBe(0);
  });
});

test('a booking made before visits had several services is billed to its receipt, then erased', async () => {
  const one = await arrange('confirmed');
  await writeAsBefore(one.id);
  // Dispatch is asked to erase what it was told of.
  await env.DB.prepare(
    `update deliveries set status = 'delivered', attempts = 1 where channel = 'dispatch'`,
  ).run();
  await tell(one, 'price', { amount: '500k', covers: 'Hai ghế' });
  await agree(one);
  one.me.now = one.staff.now = UNDER_WAY;
  await tell(one, 'pay', { paid: '500k', method: 'cash' });
  const receipt = await one.me.openAll(one.path.replace('/?', '/bien-nhan/?'));
  expect(receipt.words).toMatch(/Giặt ghế sofa.*500\.000/);
  const erased = await one.me.follow(
    formOf(await one.me.openAll(one.path.replace('/?', '/du-lieu/?')), 'erase'),
    { sure: 'yes' },
  );
  expect(erased.status).toBe(200);
  const booking = await readBooking(one.id);
  expect([booking.erasedAt, booking.sealed.length]).toEqual([UNDER_WAY, 0]);
  expect(booking.services).toEqual([{ id: 'giat-ghe-sofa', quantity: null, answers: {} }]);
  expect(await count('seats')).toBe(0);
  expect(await count('deliveries', "kind = 'job.erased'")).toBe(1);
});
