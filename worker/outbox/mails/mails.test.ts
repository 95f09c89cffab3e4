import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../../shared/time';
import { appAt } from '../../test/requests';
import { transitionBooking } from '../../records/booking-transition';
import { type Booking, findBooking } from '../../store/bookings';
import type { Message } from '../../store/messages';
import { findDelivery } from '../../store/deliveries';
import { insertSystemMail } from '../../store/system-mails';
import { listDisclosures } from '../../store/disclosures';
import { deliverOne } from '../attempt';
import { collectSources } from '../prepare';
import { failureLines } from './digest-lines';
import { prepareStaffBookingMail } from './staff-booking';
import { prepareStaffMessageMail } from './staff-message';
import { sendDueDeliveries } from '../sweep';
import { bookingFields, type FieldChanges, NOW } from '../../test/fixtures';
import { readDeliveries, submitBooking, submitMessage } from '../../test/records';

/** What the mail service was given, in order. */
function sentBy(binding: SendEmail): EmailMessageBuilder[] {
  return vi.mocked(binding.send).mock.calls.map(([message]) => message);
}

function failWith(code: string): Error {
  return Object.assign(new Error(`${code}: hoa@example.org`), { code });
}

async function isHealthy(now: Date): Promise<unknown> {
  const response = await appAt(now).request('https://example.com/api/health', {}, env);
  return (await response.json<{ ok: unknown }>()).ok;
}

async function staffDelivery(id: string) {
  const row = (await readDeliveries(id)).find(({ channel }) => channel === 'staff-email');
  const delivery = await findDelivery(env.DB, row?.id ?? '');
  if (delivery?.channel !== 'staff-email') throw new Error('no staff e-mail');
  return delivery;
}

function sourcesOf({ booking, message }: { booking?: Booking; message?: Message }) {
  const claimed = {
    findBooking: () => booking ?? null,
    findMessage: () => message ?? null,
    findReason: () => null,
    findPlanCode: () => null,
    staffEpoch: 0,
  };
  return collectSources(env, claimed, NOW);
}

async function sendStaffMail(changes: FieldChanges = {}) {
  const booking = await submitBooking(changes);
  const { id } = await staffDelivery(booking.id);
  await deliverOne(env, id, NOW);
  const [mail] = sentBy(env.STAFF_EMAIL);
  if (mail === undefined) throw new Error('nothing sent');
  return { booking, id, mail, text: mail.text ?? '', html: mail.html ?? '' };
}

const secrets = [
  bookingFields().name,
  bookingFields().address,
  bookingFields().email,
  bookingFields().note,
];

describe('the staff e-mail of a booking', () => {
  test('says what was answered about the service', async () => {
    const { text } = await sendStaffMail({ 'giat-ghe-sofa.seats': '6' });
    expect(text).toContain('Số chỗ ngồi: 6 chỗ');
  });

  test('shows code, service, ward, day and window in the first 90 characters', async () => {
    const { booking, mail, text } = await sendStaffMail();
    for (const part of [mail.subject, text.slice(0, 90)]) {
      for (const fact of [
        booking.code,
        'Giặt ghế sofa tại nhà',
        'Phường Trường Vinh',
        '26/11/2026',
        '9:30–11:00',
      ]) {
        expect(part).toContain(fact);
      }
    }
  });

  test('does not say that a request waits which was answered before the mail went', async () => {
    const booking = await submitBooking();
    const { id } = await staffDelivery(booking.id);
    await transitionBooking(env, { booking, transition: 'confirm', actor: 'staff', now: NOW });
    await deliverOne(env, id, NOW);
    const [mail] = sentBy(env.STAFF_EMAIL);
    expect(mail?.text).toContain('Tình trạng: Đã xác nhận');
    expect(mail?.text).not.toContain('đang chờ trả lời');
  });

  test('goes from the sender to staff with the delivery id', async () => {
    const { id, mail } = await sendStaffMail();
    expect(mail.to).toBe(env.STAFF_ADDRESS);
    expect(mail.from).toMatchObject({ email: env.SENDER_ADDRESS });
    expect(mail.headers).toEqual({ 'X-Delivery-Id': id });
  });

  test('shows the phone masked and nothing else of the person', async () => {
    const { booking, id, text, html } = await sendStaffMail();
    for (const body of [text, html]) {
      expect(body).toContain('0912 ••• •••');
      expect(body).toContain('2 bộ');
      for (const secret of [...secrets, '345 678', '345678']) expect(body).not.toContain(secret);
    }
    expect(await listDisclosures(env.DB, booking.id)).toMatchObject([
      { id, recipient: 'office', fields: ['maskedPhone'], result: 'delivered' },
    ]);
  });

  test('has exactly one link under /viec/', async () => {
    const { booking, text, html } = await sendStaffMail();
    const link = new RegExp(`https://example\\.com/viec/${booking.code}\\.[\\w-]+/`, 'g');
    expect(text.match(link)).toHaveLength(1);
    expect(html.match(link)).toHaveLength(1);
    expect(text.match(/https?:/g)).toHaveLength(1);
    expect(html.match(/href=/g)).toHaveLength(1);
  });

  test('has no file: the calendar of staff is the feed that they subscribe to', async () => {
    const { mail, text } = await sendStaffMail();
    expect(mail.attachments).toEqual([]);
    expect(text).not.toContain('lịch gửi kèm');
  });

  test('escapes what it shows, and names the person, where the settings send everything', async () => {
    const booking = await submitBooking({
      name: '<b>Hoa</b> & "bạn"',
      address: '<script>1</script>',
    });
    const delivery = await staffDelivery(booking.id);
    if (delivery.subjectKind !== 'booking') throw new Error('no mail of a booking');
    const given = { env, delivery, now: NOW, records: sourcesOf({ booking }) };
    const built = await prepareStaffBookingMail(given, 'full');
    if (!built.ready) throw new Error(built.result.result);
    const { mail, fields } = built.value;
    expect(mail.html).toContain('&lt;b&gt;Hoa&lt;/b&gt; &amp;');
    expect(mail.html).not.toContain('<script>');
    expect(mail.text).toContain('<b>Hoa</b>');
    expect(mail.text).toContain('0912 345 678');
    expect(fields).toEqual(['name', 'phone', 'address']);
  });

  test('says where staff wrote it down for someone who called', async () => {
    const booking = await submitBooking();
    await env.DB.prepare("update bookings set origin = 'phone'").run();
    await deliverOne(env, (await staffDelivery(booking.id)).id, NOW);
    expect(sentBy(env.STAFF_EMAIL)[0]?.text).toContain('cho khách gọi điện');
  });

  test('is repeated with the same subject and id', async () => {
    vi.mocked(env.STAFF_EMAIL.send).mockRejectedValueOnce(failWith('E_INTERNAL_SERVER_ERROR'));
    const booking = await submitBooking();
    const { id } = await staffDelivery(booking.id);
    expect(await deliverOne(env, id, NOW)).toBe('due');
    expect((await findDelivery(env.DB, id))?.lastResult).toBe('down E_INTERNAL_SERVER_ERROR');
    expect(await deliverOne(env, id, later(NOW, { minutes: 2 }))).toBe('delivered');
    const [first, second] = sentBy(env.STAFF_EMAIL);
    expect(second).toEqual(first);
  });

  test('keeps its subject when the visit is another before the repeat', async () => {
    vi.mocked(env.STAFF_EMAIL.send).mockRejectedValueOnce(failWith('E_INTERNAL_SERVER_ERROR'));
    const { id: bookingId } = await submitBooking();
    const { id } = await staffDelivery(bookingId);
    await deliverOne(env, id, NOW);
    await env.DB.prepare("update bookings set visit_date = '2026-11-27'").run();
    expect(await deliverOne(env, id, later(NOW, { minutes: 2 }))).toBe('delivered');
    const [first, second] = sentBy(env.STAFF_EMAIL);
    expect(first?.subject).toContain('26/11');
    expect(second?.subject).toBe(first?.subject);
    expect(second?.text).toContain('27/11/2026');
    const { results } = await env.DB.prepare('select mail_subject from deliveries').all();
    expect(results.every(({ mail_subject: kept }) => kept === null)).toBe(true);
  });

  test.each(['E_RECIPIENT_SUPPRESSED', 'E_DELIVERY_FAILED'])(
    'goes to the second address at once where the first is refused: %s',
    async (code) => {
      vi.mocked(env.STAFF_EMAIL.send).mockRejectedValueOnce(failWith(code));
      const booking = await submitBooking();
      const { id } = await staffDelivery(booking.id);
      expect(await deliverOne(env, id, NOW)).toBe('delivered');
      expect(sentBy(env.STAFF_EMAIL).map(({ to }) => to)).toEqual([
        env.STAFF_ADDRESS,
        env.STAFF_SECOND_ADDRESS,
      ]);
      const lines = await failureLines(env, NOW);
      expect(lines.map(({ text }) => text).join()).toContain(
        'Hộp thư thứ nhất không nhận được thư',
      );
      expect(await isHealthy(NOW)).toBe(false);
    },
  );

  test('to the first address ends what is said of it, one to the second does not', async () => {
    vi.mocked(env.STAFF_EMAIL.send).mockRejectedValueOnce(failWith('E_RECIPIENT_SUPPRESSED'));
    const booking = await submitBooking();
    await deliverOne(env, (await staffDelivery(booking.id)).id, NOW);
    const now = later(NOW, { hours: 5 });
    const dueAt = now;
    const draft = { kind: 'second-address' as const, dueAt, now };
    const id = crypto.randomUUID();
    const subjectId = `second-address:${booking.id}`;
    await insertSystemMail(env.DB, { ...draft, id, subjectId, dedupeKey: 'x' }).run();
    expect(await deliverOne(env, id, now)).toBe('delivered');
    expect(await failureLines(env, NOW)).toHaveLength(1);
    const other = await submitBooking({ phone: '0913 000 111' });
    await deliverOne(env, (await staffDelivery(other.id)).id, NOW);
    expect(await failureLines(env, NOW)).toEqual([]);
    expect(await isHealthy(NOW)).toBe(true);
  });

  test('goes to the second address too where the first keeps failing', async () => {
    vi.mocked(env.STAFF_EMAIL.send).mockImplementation(async (message) => {
      if ((message as { to?: unknown }).to === env.STAFF_ADDRESS)
        throw failWith('E_INTERNAL_SERVER_ERROR');
      return { messageId: 'x' };
    });
    const booking = await submitBooking();
    const { id } = await staffDelivery(booking.id);
    expect(await deliverOne(env, id, NOW)).toBe('due');
    expect(await deliverOne(env, id, later(NOW, { minutes: 2 }))).toBe('due');
    const last = later(NOW, { minutes: 20 });
    expect(await deliverOne(env, id, last)).toBe('delivered');
    expect(await isHealthy(last)).toBe(false);
  });

  test.each(['E_VALIDATION_ERROR', 'E_HEADER_VALUE_TOO_LONG', 'E_TOO_MANY_RECIPIENTS'])(
    'is given up at once, and staff notified, where the message itself is refused: %s',
    async (code) => {
      vi.mocked(env.STAFF_EMAIL.send).mockRejectedValueOnce(failWith(code));
      const booking = await submitBooking();
      const { id } = await staffDelivery(booking.id);
      expect(await deliverOne(env, id, NOW)).toBe('dead');
      expect(await listDisclosures(env.DB, booking.id)).toMatchObject([{ result: 'refused' }]);
      await sendDueDeliveries(env, later(NOW, { minutes: 11 }));
      expect(sentBy(env.STAFF_EMAIL).at(-1)?.text).toContain(booking.code);
    },
  );

  test('keeps to itself what the mail service says of the address', async () => {
    const lines = vi.spyOn(console, 'log');
    vi.mocked(env.STAFF_EMAIL.send).mockRejectedValue(failWith('E_DELIVERY_FAILED'));
    const booking = await submitBooking();
    const { id } = await staffDelivery(booking.id);
    await deliverOne(env, id, NOW);
    const row = JSON.stringify(await findDelivery(env.DB, id));
    expect(JSON.stringify(lines.mock.calls) + row).not.toContain('hoa@example.org');
  });
});

describe('the staff e-mail of a contact message', () => {
  test('carries code, kind, day and masked phone, and no text', async () => {
    const message = await submitMessage();
    const { id } = await staffDelivery(message.id);
    expect(await deliverOne(env, id, NOW)).toBe('delivered');
    const [mail] = sentBy(env.STAFF_EMAIL);
    expect(mail?.subject).toBe(
      `Tin nhắn mới: ${message.code} · Khiếu nại · trả lời chậm nhất Thứ Năm, 03/12/2026`,
    );
    expect(mail?.text).toContain('0912 ••• •••');
    for (const secret of [bookingFields().name, 'vết bẩn', '345']) {
      expect(mail?.text).not.toContain(secret);
      expect(mail?.html).not.toContain(secret);
    }
    expect(mail?.html?.match(/https:\/\/example\.com\/viec\//g)).toHaveLength(1);
  });

  test('carries text and contact where the settings send everything', async () => {
    const message = await submitMessage();
    const delivery = await staffDelivery(message.id);
    if (delivery.subjectKind !== 'message') throw new Error('no mail of a message');
    const given = { env, delivery, now: NOW, records: sourcesOf({ message }) };
    const built = await prepareStaffMessageMail(given, 'full');
    if (!built.ready) throw new Error(built.result.result);
    expect(built.value.mail.text).toContain('Sofa còn vết bẩn');
    expect(built.value.fields).toEqual(['name', 'phone', 'message']);
  });

  test('never goes to dispatch', async () => {
    const message = await submitMessage();
    expect((await readDeliveries(message.id)).map(({ channel }) => channel)).toEqual([
      'staff-email',
    ]);
  });
});

describe('the e-mail of a customer', () => {
  async function customerDelivery(kind: string) {
    const booking = await submitBooking({ address: `Nhà ${kind}` });
    const { id } = await staffDelivery(booking.id);
    await env.DB.prepare(`update deliveries set channel = 'customer-email', kind = ? where id = ?`)
      .bind(kind, id)
      .run();
    return { booking, id };
  }

  test.each([
    ['booking.received', 'Đã nhận yêu cầu', 0],
    ['booking.confirmed', 'Đã xác nhận', 1],
    ['booking.changed', 'Đã đổi lịch', 1],
    ['booking.cancelled', 'Đã hủy', 1],
    ['booking.reminder', 'Nhắc lịch', 1],
  ])('%s goes to the address left, by the customers’ own binding', async (kind, subject, files) => {
    const { booking, id } = await customerDelivery(kind);
    expect(await deliverOne(env, id, NOW)).toBe('delivered');
    const [mail] = sentBy(env.CUSTOMER_EMAIL);
    expect(mail?.to).toBe(bookingFields().email);
    expect(mail?.subject).toContain(`${subject}: ${booking.code}`);
    expect(mail?.text).toContain(`https://example.com/don/${booking.code}/?k=`);
    expect(mail?.text).toContain('Tình trạng: Đã nhận, chờ xác nhận');
    expect(mail?.attachments).toHaveLength(files);
    expect(sentBy(env.STAFF_EMAIL)).toHaveLength(0);
  });

  test('offers to change or call off only what can be, and reminds of no visit that has begun', async () => {
    const near = new Date('2026-11-26T01:00:00.000Z');
    const received = await customerDelivery('booking.received');
    await deliverOne(env, received.id, NOW);
    const confirmed = await customerDelivery('booking.confirmed');
    await deliverOne(env, confirmed.id, near);
    const labels = sentBy(env.CUSTOMER_EMAIL).map(({ text = '' }) => /^Xem.*/m.exec(text)?.[0]);
    expect(labels).toEqual(['Xem, đổi hoặc hủy lịch:', 'Xem đơn này:']);
    const reminder = await customerDelivery('booking.reminder');
    expect(await deliverOne(env, reminder.id, later(near, { hours: 2 }))).toBe('superseded');
  });

  test.each([
    ['full', 'Chưa nhận làm được', 'Ngày này chúng tôi kín lịch'],
    ['duplicate', 'Đã bỏ yêu cầu', 'Trùng với một yêu cầu khác của anh/chị'],
  ] as const)('says of a request declined as %s what came of it, and why', async (...row) => {
    const [reason, subject, words] = row;
    const { booking, id } = await customerDelivery('booking.cancelled');
    const stored = await findBooking(env.DB, booking.id);
    if (stored === null) throw new Error('not stored');
    const decline = { transition: 'decline', actor: 'staff', reason, now: NOW } as const;
    await transitionBooking(env, { booking: stored, ...decline });
    expect(await deliverOne(env, id, NOW)).toBe('delivered');
    const [mail] = sentBy(env.CUSTOMER_EMAIL);
    expect(mail?.subject).toContain(`${subject}: ${booking.code}`);
    expect(mail?.text).toContain(`Lý do: ${words}`);
  });

  test('says who cancelled and why, and then announces the visit no more', async () => {
    const cancelled = await customerDelivery('booking.cancelled');
    const stored = await findBooking(env.DB, cancelled.booking.id);
    if (stored === null) throw new Error('not stored');
    const cancel = { transition: 'cancel', actor: 'company', reason: 'crew', now: NOW } as const;
    await transitionBooking(env, { booking: stored, ...cancel });
    await deliverOne(env, cancelled.id, NOW);
    const [mail] = sentBy(env.CUSTOMER_EMAIL);
    expect(mail?.text).toMatch(/Chúng tôi phải hủy đơn này .+\nLý do: Đội gặp sự cố/);
    const reminder = await customerDelivery('booking.reminder');
    await env.DB.prepare("update bookings set state = 'cancelled' where id = ?")
      .bind(reminder.booking.id)
      .run();
    expect(await deliverOne(env, reminder.id, NOW)).toBe('superseded');
  });

  test('is dead at once where the address is refused', async () => {
    vi.mocked(env.CUSTOMER_EMAIL.send).mockRejectedValue(failWith('E_RECIPIENT_SUPPRESSED'));
    const { booking, id } = await customerDelivery('booking.confirmed');
    expect(await deliverOne(env, id, NOW)).toBe('dead');
    expect(await listDisclosures(env.DB, booking.id)).toMatchObject([{ result: 'refused' }]);
  });
});
