import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../shared/time.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { customerPath } from '../signing/links.ts';
import { staffPath } from '../signing/staff-links.ts';
import { staffSigning } from '../test/staff.ts';
import { findPlan } from '../store/plans.ts';
import { listDisclosures } from '../store/disclosures.ts';
import { formOf, type Page, Visitor } from '../test/browser.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { count, readDatabase, submitBooking, submitMessage } from '../test/records.ts';
import { NOW } from '../test/fixtures.ts';

const keys = readLinkKeys(env.LINK_KEYS);
/** The customer's and the staff's own links have long ended. The personal data ends twelve months after the visit. */
const LATE = later(NOW, { days: 100 });

async function completeAll(): Promise<void> {
  await env.DB.prepare(
    `update bookings set state = 'completed', key_ends_at = '2027-11-26T04:00:00.000Z'`,
  ).run();
}

/** A job done long ago, and a message about it from the contact form today. */
async function arrange(kind: 'privacy' | 'complaint' = 'privacy', isNamed = false) {
  const booking = await submitBooking();
  await completeAll();
  const code = isNamed ? booking.code : undefined;
  const message = await submitMessage({ kind, code }, { now: LATE });
  const staff = new Visitor(LATE);
  const path = await staffPath(staffSigning(), message);
  return { booking, message, staff, path, page: await staff.open(path) };
}

async function erasedAt(id: string): Promise<string | null> {
  const row = await env.DB.prepare('select erased_at from bookings where id = ?').bind(id).first();
  return (row?.['erased_at'] ?? null) as string | null;
}

async function typedCodes(id: string): Promise<unknown> {
  const row = await env.DB.prepare('select codes_typed from messages where id = ?')
    .bind(id)
    .first();
  return row?.['codes_typed'];
}

describe('the records that a message opens', () => {
  const stranger = { phone: '0913 000 111', email: 'ai-do@example.org', date: '2026-11-27' };
  const open = (
    { staff, page }: { staff: Visitor; page: Page },
    { code }: { code: string },
  ): Promise<Page> => staff.submit(formOf(page, 'data'), { code, sure: 'yes' });

  test('are the one that it names and those of the same phone number or e-mail address', async () => {
    const own = await arrange();
    const mail = { ...stranger, email: 'Hoa@example.org' };
    const sender = await submitMessage({ kind: 'privacy', phone: undefined, email: mail.email });
    const path = await staffPath(staffSigning(), sender);
    const byMail = { staff: own.staff, page: await own.staff.open(path) };
    const other = await submitBooking(stranger);
    const sameMail = await submitBooking({ ...stranger, email: mail.email, date: '2026-11-28' });
    await completeAll();
    expect((await open(own, own.booking)).status).toBe(303);
    expect((await open(byMail, sameMail)).status).toBe(303);
    expect((await open(byMail, own.booking)).status).toBe(303);
    for (const [from, code] of [
      [own, other.code],
      [own, sameMail.code],
      [byMail, other.code],
      [own, 'TS-0000000'],
    ] as const) {
      const refused = await open(from, { code });
      expect(refused.status).toBe(422);
      expect(refused.words).toContain('Mã này không mở được từ tin nhắn này');
      expect(refused.text).toContain(`value="${code}"`);
    }
    expect(await listDisclosures(env.DB, other.id)).toEqual([]);
    const named = await submitMessage({ kind: 'complaint', code: other.code }, { now: LATE });
    const page = await own.staff.open(await staffPath(staffSigning(), named));
    expect((await open({ staff: own.staff, page }, other)).status).toBe(303);
  });

  test('are a plan too, whose code it names', async () => {
    const first = await submitBooking({ service: 've-sinh-nha-o', repeat: 'weekly' });
    const plan = await findPlan(env.DB, first.planId ?? '');
    const { id = '', code = '' } = plan ?? {};
    const message = await submitMessage({ kind: 'privacy', code });
    const staff = new Visitor(NOW);
    const page = await staff.open(await staffPath(staffSigning(), message));
    const opened = await open({ staff, page }, { code });
    const data = await staff.open(opened.headers.get('Location') ?? '');
    expect(data.words).toContain('nhận lịch định kỳ này');
    expect(data.words).toContain('Nguyễn Thị Hoa');
    expect(await listDisclosures(env.DB, id)).toMatchObject([{ kind: 'opened' }]);
  });

  test('are looked for by ten typed codes, right or wrong; the named one opens after them too', async () => {
    const { booking, message, staff, page } = await arrange('privacy', true);
    const other = await submitBooking(stranger);
    const codes = Array.from({ length: 14 }, (_, at) => (at % 2 === 0 ? other.code : 'TS-0000000'));
    const tries = await Promise.all(codes.map((code) => open({ staff, page }, { code })));
    const spent = tries.filter(({ words }) => words.includes('đã thử đủ 10 mã'));
    expect(spent).toHaveLength(4);
    expect(new Set(tries.map(({ status }) => status))).toEqual(new Set([422]));
    expect(await typedCodes(message.id)).toBe(10);
    expect((await open({ staff, page }, booking)).status).toBe(303);
    expect(await typedCodes(message.id)).toBe(10);
  });
});

describe('the data of an old record, opened by staff who called back', () => {
  test.each(['privacy', 'complaint'] as const)('is shown and in the ledger (%s)', async (kind) => {
    const { booking, staff, page } = await arrange(kind);
    const own = (await customerPath(keys, booking)).replace('/?', '/du-lieu/?');
    expect((await new Visitor(LATE).open(own)).status).toBe(410);
    const opened = await staff.follow(formOf(page, 'data'), { code: booking.code, sure: 'yes' });
    expect(opened.status).toBe(200);
    expect(opened.words).toContain('12 Lê Lợi');
    expect(opened.words).toContain('Nhân viên mở trang này theo yêu cầu của người gửi');
    expect(opened.words).toContain('nhân viên đã mở xem');
    expect(opened.words).not.toContain('Quay lại');
    for (const value of ['Nguyễn Thị Hoa', '0912 345 678', 'hoa@example.org', 'Cổng sau']) {
      expect(opened.words).toContain(value);
    }
    expect(await listDisclosures(env.DB, booking.id)).toMatchObject([
      {
        recipient: 'office',
        kind: 'opened',
        result: 'opened',
        fields: ['name', 'phone', 'email', 'address', 'note'],
      },
    ]);
  });

  test('can be copied and erased by whoever has the link, for 24 hours', async () => {
    const { booking, staff, page } = await arrange();
    const sent = await staff.submit(formOf(page, 'data'), { code: booking.code, sure: 'yes' });
    const link = sent.headers.get('Location') ?? '';
    const customer = new Visitor(later(LATE, { hours: 24 }));
    expect((await customer.open(link)).words).not.toContain('12 Lê Lợi');
    const data = await customer.openAll(link);
    const copy = await customer.submit(formOf(data, 'see'), { sure: 'json' });
    expect(copy.text).toContain('12 Lê Lợi');
    expect((await customer.open(link.replace('du-lieu/', ''))).status).toBe(403);
    const asked = await customer.submit(formOf(data, 'erase'), { sure: 'yes' });
    expect(asked.status).toBe(200);
    expect(asked.words).toContain('Chưa xóa gì');
    expect((await customer.submit(formOf(asked, 'erase'))).status).toBe(422);
    await customer.submit(formOf(data, 'erase'), { sure: 'yes' });
    expect(await erasedAt(booking.id)).toBeNull();
    const erased = await customer.follow(formOf(asked, 'erase'), { sure: 'yes' });
    expect(erased.words).toContain('Thông tin cá nhân ở đây không còn nữa');
    expect(await erasedAt(booking.id)).not.toBeNull();
    const after = await new Visitor(later(LATE, { hours: 24, ms: 1 })).open(link);
    expect(after.status).toBe(403);
  });

  test.each(['booking', 'message'] as const)(
    'does not hand on the sender’s own link, which still lives (%s)',
    async (kind) => {
      const booking = await submitBooking();
      const message = await submitMessage({ kind: 'privacy' });
      const record = kind === 'booking' ? booking : message;
      const staff = new Visitor(NOW);
      const page = await staff.open(await staffPath(staffSigning(), message));
      const opened = await staff.follow(formOf(page, 'data'), { code: record.code, sure: 'yes' });
      expect(opened.status).toBe(200);
      const own = await customerPath(keys, record);
      const token = new URLSearchParams(own.split('?')[1]).get('k') ?? '-';
      expect(opened.text).not.toContain(token);
      expect((await new Visitor(NOW).open(own.replace('/?', '/du-lieu/?'))).text).toContain(token);
    },
  );

  test('opens no other record', async () => {
    const { booking, staff, page } = await arrange();
    const other = await submitBooking({ phone: '0913 000 111', date: '2026-11-27' });
    const sent = await staff.submit(formOf(page, 'data'), { code: booking.code, sure: 'yes' });
    const link = (sent.headers.get('Location') ?? '').replace(booking.code, other.code);
    expect((await new Visitor(LATE).open(link)).status).toBe(403);
  });

  test('needs the radio, a code that is there, and a live token; nothing is written without', async () => {
    const { booking, message, staff, page } = await arrange();
    const before = await readDatabase();
    const form = formOf(page, 'data');
    const unsure = await staff.submit(form, { code: booking.code });
    expect(unsure.status).toBe(422);
    expect(unsure.text).toContain(`value="${booking.code}"`);
    staff.now = later(LATE, { minutes: 31 });
    expect((await staff.submit(form, { code: booking.code, sure: 'yes' })).status).toBe(403);
    expect(await readDatabase()).toBe(before);
    await env.DB.prepare(`update messages set kind = 'question' where id = ?`)
      .bind(message.id)
      .run();
    staff.now = LATE;
    expect((await staff.submit(form, { code: booking.code, sure: 'yes' })).status).toBe(422);
  });

  test('waits while the key store does not answer, and says of an erased record that it is', async () => {
    const { booking, message, staff, page } = await arrange();
    const choices = { code: booking.code, sure: 'yes' };
    const silent = vi
      .spyOn(env.VAULT, 'get')
      .mockRejectedValue(new Error('KV GET failed: 500 Internal Server Error'));
    const wait = await staff.submit(formOf(page, 'data'), choices);
    expect(wait.status).toBe(503);
    silent.mockRestore();
    expect(await count('page_failures', "class = 'kv-down' and count = 3")).toBe(1);
    expect(await typedCodes(message.id)).toBe(0);
    await eraseRecord(env, { id: booking.id, cause: 'request', actor: 'customer', now: LATE });
    expect((await staff.submit(formOf(page, 'data'), choices)).status).toBe(422);
    const named = await submitMessage({ kind: 'privacy', code: booking.code }, { now: LATE });
    const open = await staff.open(await staffPath(staffSigning(), named));
    const gone = await staff.follow(formOf(open, 'data'), choices);
    expect(gone.words).toContain('Thông tin cá nhân ở đây không còn nữa');
    expect(await listDisclosures(env.DB, booking.id)).toEqual([]);
  });

  test('of a message that left only an e-mail address is opened the same way', async () => {
    const { staff, page } = await arrange();
    const lost = await submitMessage({}, { now: later(NOW, { days: 5 }) });
    const opened = await staff.follow(formOf(page, 'data'), { code: lost.code, sure: 'yes' });
    expect(opened.words).toContain('Sofa còn vết bẩn');
  });
});
