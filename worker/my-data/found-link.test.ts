import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { customerPath } from '../signing/links.ts';
import { staffPath } from '../signing/staff-links.ts';
import { staffSigning } from '../test/staff.ts';
import { purge } from '../personal-data/purge.ts';
import { prepareStaffBookingMail } from '../outbox/mails/staff-booking.ts';
import { collectSources } from '../outbox/prepare.ts';
import { findBooking } from '../store/bookings.ts';
import { findDelivery } from '../store/deliveries.ts';
import { formOf, Visitor } from '../test/browser.ts';
import { count, readDeliveries, submitBooking, submitMessage } from '../test/records.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { NOW } from '../test/fixtures.ts';

const keys = readLinkKeys(env.LINK_KEYS);

/** A record found by its code and whole number, with the page of its data. */
async function arrange(submit: () => Promise<{ id: string; code: string }> = submitBooking) {
  const record = await submit();
  const me = new Visitor(NOW);
  const found = await me.post('/don/', { code: record.code, digits: '0912 345 678' });
  const path = (found.headers.get('Location') ?? '').replace('/?', '/du-lieu/?');
  const own = (await customerPath(keys, record)).replace('/?', '/du-lieu/?');
  return {
    ...record,
    path,
    own,
    me,
    staff: new Visitor(NOW),
    job: await staffPath(staffSigning(), record),
  };
}

async function requestOf(id: string) {
  return env.DB.prepare(
    'select kind, state, needs_call, refused, due_on from rights_requests where subject_id = ?',
  )
    .bind(id)
    .first();
}

describe('the data of a record that code and whole number led to', () => {
  test('is seen, copied and corrected', async () => {
    const { path, me } = await arrange();
    const page = await me.open(path);
    expect(page.words).toContain('12 Lê Lợi');
    const copy = await me.submit(formOf(page, 'see'), { sure: 'json' });
    expect(copy.text).toContain('12 Lê Lợi');
    const corrected = await me.follow(formOf(page, 'correct'), {
      sure: 'yes',
      address: '14 Lê Lợi',
    });
    expect(corrected.words).toContain('14 Lê Lợi');
  });

  test.each([
    ['withdraw', 'Rút đồng ý', '2026-12-08', submitBooking],
    ['erase', 'Xóa thông tin', '2026-12-13', submitBooking],
    ['erase', 'Xóa thông tin', '2026-12-13', submitMessage],
  ] as const)(
    'is not touched by "%s", which waits for a call, is carried out by staff and is then over',
    async (kind, name, due, submit) => {
      const { id, path, me, staff, job } = await arrange(submit);
      const deliveries = await readDeliveries(id);
      const page = await me.follow(formOf(await me.open(path), kind), { sure: 'yes' });
      expect(page.words).toContain(`Yêu cầu “${name}” đã nhận. Nhân viên gọi số`);
      expect(page.forms.some(({ values }) => values['act'] === kind)).toBe(false);
      expect(await requestOf(id)).toEqual({
        ...{ kind, state: 'open', needs_call: 1, refused: 0, due_on: due },
      });
      await purge(env, later(NOW, { hours: 1 }));
      expect(await readDeliveries(id)).toEqual(deliveries);
      expect((await me.open(path)).words).toContain('Nguyễn Thị Hoa');

      const form = formOf(await staff.open(job), 'right');
      expect((await staff.submit(form)).status).toBe(422);
      expect(await requestOf(id)).toMatchObject({ state: 'open' });
      await staff.follow(form, { sure: 'yes' });
      expect(await requestOf(id)).toMatchObject({ state: 'done', refused: 0 });
      const table = submit === submitBooking ? 'bookings' : 'messages';
      const gone = kind === 'erase' ? 'erased_at is not null' : "state = 'cancelled'";
      expect(await count(table, gone)).toBe(1);
      expect((await staff.submit(form, { sure: 'yes' })).words).toContain('đã được ghi trước đó');
    },
  );

  test('stays where the customer says on the telephone that it was not them', async () => {
    const { id, path, own, me, staff, job } = await arrange();
    await me.submit(formOf(await me.open(path), 'erase'), { sure: 'yes' });
    const page = await staff.follow(formOf(await staff.open(job), 'right'), { sure: 'no' });
    expect(page.forms.some(({ values }) => values['act'] === 'right')).toBe(false);
    expect(await requestOf(id)).toMatchObject({ state: 'done', refused: 1 });
    expect(await count('bookings', "state = 'requested' and erased_at is null")).toBe(1);
    const data = await new Visitor(NOW).openAll(own);
    expect(data.words).toContain('không làm: nhân viên đã gọi số đã để lại');
  });

  test('is erased at once by the own link, which also ends what waited for a call', async () => {
    const { id, path, own, me } = await arrange();
    await me.submit(formOf(await me.open(path), 'erase'), { sure: 'yes' });
    const sender = new Visitor(NOW);
    await sender.follow(formOf(await sender.openAll(own), 'erase'), { sure: 'yes' });
    expect(await requestOf(id)).toMatchObject({ state: 'done', needs_call: 0, refused: 0 });
    expect(await count('bookings', 'erased_at is not null')).toBe(1);
  });
});

describe('a corrected phone number', () => {
  test('is named to staff, by every later mail too, and another correction is not', async () => {
    const { id, path, me, staff, job } = await arrange();
    const mailOf = async () => {
      const row = (await readDeliveries(id)).findLast(({ channel }) => channel === 'staff-email');
      const delivery = await findDelivery(env.DB, row?.id ?? '');
      if (delivery?.channel !== 'staff-email' || delivery.subjectKind !== 'booking')
        throw new Error('no mail of a booking');
      const booking = await findBooking(env.DB, id);
      const claimed = {
        findBooking: () => booking,
        findMessage: () => null,
        findReason: () => null,
        findPlanCode: () => null,
        staffEpoch: 0,
      };
      const records = collectSources(env, claimed, NOW);
      const mail = await prepareStaffBookingMail({ env, delivery, now: NOW, records });
      return mail.ready ? mail.value.mail.text : mail.result.result;
    };
    const correct = async (changes: Record<string, string>) => {
      await me.submit(formOf(await me.open(path), 'correct'), { sure: 'yes', ...changes });
    };
    await correct({ note: 'Cổng trước' });
    expect(await mailOf()).not.toContain('Số điện thoại của đơn này');
    expect((await staff.open(job)).words).not.toContain('Số điện thoại của đơn này');
    await correct({ phone: '0987 654 321' });
    const words = 'Số điện thoại của đơn này đã được đổi lúc Thứ Hai, 23/11/2026, 9:00.';
    expect(await mailOf()).toContain(`${words} Gọi số lúc gửi để hỏi lại trước khi đến.`);
    await staff.follow(formOf(await staff.open(job), 'open'), { sure: 'yes' });
    expect((await staff.open(job)).text).toContain('href="tel:+84912345678"');
    await correct({ note: 'Cổng sau', phone: '0977 654 321' });
    expect((await me.open(path)).words).toContain('Lúc gửi là 0912 345 678');
    expect((await staff.open(job)).text).toContain('href="tel:+84912345678"');
    expect(await mailOf()).toContain(words);
    expect((await staff.open(job)).words).toContain(words);
    await me.submit(formOf(await me.open(path), 'withdraw'), { sure: 'yes' });
    await staff.follow(formOf(await staff.open(job), 'right'), { sure: 'yes' });
    expect(await mailOf()).toMatch(
      /không cần đến\.\nSố .+ Gọi số lúc gửi để hỏi lại có đúng khách hủy/,
    );
  });
});

describe('what is asked for again and again', () => {
  test.each(['see', 'correct'] as const)('ends after ten times a day (%s)', async (kind) => {
    const { id, own } = await arrange();
    const sender = new Visitor(NOW);
    const ask = async (visitor: Visitor, n: number) =>
      visitor.submit(formOf(await visitor.openAll(own), kind), {
        sure: kind === 'see' ? 'html' : 'yes',
        note: `Cổng số ${n}`,
      });
    const [first, ...rest] = await Promise.all([
      ...Array.from({ length: kind === 'see' ? 12 : 1 }, (_, n) => ask(sender, n)),
    ]);
    const statuses = [first, ...rest].map((page) => page?.status ?? 0);
    for (let n = statuses.length; n < 12; n += 1) statuses.push((await ask(sender, n)).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
    const refused = await ask(sender, 13);
    expect(refused.words).toMatch(/Hôm nay đã .* 10 lần.*0\d{3} \d{3} \d{3}/);
    if (kind === 'correct') expect(refused.text).toContain('Cổng số 13');
    const version = kind === 'correct' ? 11 : 1;
    expect(await count('bookings', `id = '${id}' and version = ${version}`)).toBe(1);
    const tomorrow = new Visitor(later(NOW, { hours: 15 }));
    expect((await ask(tomorrow, 14)).status).not.toBe(429);
  });
});
