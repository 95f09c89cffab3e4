import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { transitionBooking } from '../records/booking-transition';
import { listDisclosures } from '../store/disclosures';
import { findMessage } from '../store/messages';
import { remindCustomers } from './remind';
import { writeExtension } from '../store/message-transitions';
import { answerDispatch } from '../test/dispatch';
import { count, readBooking, submitMessage, submitBooking } from '../test/records';
import { systemMailsSent, runTasks } from '../test/tasks';
import { Visitor } from '../test/browser';
import { fromVietnam } from '../../shared/time';

const MONDAY = '2026-11-23';

// Each run of cron runs every task and sends what is due.
vi.setConfig({ testTimeout: 30_000 });
const SECOND = env.STAFF_SECOND_ADDRESS;

const subjects = () => systemMailsSent().map(({ subject }) => subject);
const digests = () => systemMailsSent().filter(({ subject }) => subject.startsWith('Tổng kết'));

describe('the evening digest', () => {
  test('names a request about personal data until it is closed, with the nearest deadline once answered', async () => {
    answerDispatch();
    const { code, id } = await submitMessage();
    await env.DB.prepare("update messages set kind = 'privacy', due_on = '2026-11-26' where id = ?")
      .bind(id)
      .run();
    await runTasks(MONDAY, '18:00');
    await env.DB.prepare("update messages set state = 'answered' where id = ?").bind(id).run();
    await runTasks('2026-11-24', '18:00');
    await env.DB.prepare("update messages set state = 'closed' where id = ?").bind(id).run();
    await runTasks('2026-11-25', '18:00');
    const texts = digests().map(({ text }) => text);
    const name = `${code} · Yêu cầu về dữ liệu cá nhân`;
    expect(texts.find((text) => text.includes(`${name} · hạn 26/11/2026`))).toBeDefined();
    expect(
      texts.find((text) =>
        text.includes(`${name} · đã trả lời, làm xong rồi kết thúc: hạn 03/12/2026`),
      ),
    ).toBeDefined();
    expect(texts.filter((text) => text.includes(name))).toHaveLength(2);
  });

  test('comes at 18:00 once, with tomorrow, what waits and a link to the week', async () => {
    answerDispatch();
    await runTasks(MONDAY, '09:00');
    const tomorrow = await submitBooking({ date: '2026-11-24', window: 'chieu' });
    await transitionBooking(env, {
      booking: tomorrow,
      transition: 'confirm',
      actor: 'staff',
      now: fromVietnam(MONDAY, '09:30'),
    });
    const waiting = await submitBooking({ date: '2026-11-27' });
    await runTasks(MONDAY, '17:59');
    expect(digests()).toEqual([]);
    await runTasks(MONDAY, '18:00');
    await runTasks(MONDAY, '18:00');
    await runTasks(MONDAY, '18:01');
    const [digest, ...more] = digests();
    expect(more).toEqual([]);
    expect(digest?.to).toBe(env.STAFF_ADDRESS);
    expect(digest?.subject).toBe(
      'Tổng kết 23/11/2026: ngày mai 1 việc, 1 yêu cầu và 0 tin nhắn chờ trả lời',
    );
    expect(digest?.text).toContain(
      `13:30–15:00 · ${tomorrow.code} · Giặt ghế sofa tại nhà · 2 bộ · Phường Trường Vinh`,
    );
    expect(digest?.text).toContain(`${waiting.code} · Giặt ghế sofa tại nhà`);
    expect(digest?.text).toMatch(/https:\/\/example\.com\/viec\/lich\/[\w.-]+\//);
    expect(digest?.text).not.toMatch(/Nguyễn|Lê Lợi|912 ?345 ?678/);
  });

  test('puts the soonest visit first, marks one that is over, counts messages, and links every code', async () => {
    answerDispatch();
    await runTasks(MONDAY, '09:00');
    const at = fromVietnam('2026-11-20', '09:00');
    const late = await submitBooking({ date: '2026-12-04' }, { now: at });
    const over = await submitBooking({ date: MONDAY, name: 'Hai' }, { now: at });
    const soon = await submitBooking({ date: '2026-11-24', name: 'Ba' });
    const moved = await submitBooking({ date: '2026-12-03', name: 'Bốn' });
    const message = await submitMessage();
    await env.DB.prepare("update seats set visit_date = '2026-11-29' where booking_id = ?")
      .bind(moved.id)
      .run();
    await runTasks(MONDAY, '18:00');
    const [{ subject, text } = { subject: '', text: '' }] = digests();
    expect(subject).toContain('1 việc, 4 yêu cầu và 1 tin nhắn');
    const waiting = text.slice(text.indexOf('Yêu cầu chờ trả lời'));
    const order = [over, soon, moved, late].map(({ code }) => waiting.indexOf(code));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(waiting).toMatch(new RegExp(`${over.code}[^\\n]*ĐÃ QUA GIỜ HẸN`));
    const lines = text.split('\n');
    for (const { code } of [late, over, soon, moved, message]) {
      lines.forEach((line, index) => {
        const next = lines[index + 1] ?? '';
        if (line.includes(`${code} ·`)) expect(next).toContain(`/viec/${code}.`);
      });
    }
    expect(text).toContain(`Mở cả ngày Thứ Ba, 24/11/2026 trên một tờ`);
    expect(text).toMatch(/\/viec\/ngay\/2026-11-24\/[\w.-]+\//);
  });

  test('after a gap of days comes once, for the newest evening, and speaks of today', async () => {
    await runTasks(MONDAY, '17:00');
    await runTasks('2026-11-28', '07:00');
    await runTasks('2026-11-28', '07:01');
    expect(digests().map(({ subject }) => subject)).toEqual([
      'Tổng kết 27/11/2026: hôm nay 0 việc, 0 yêu cầu và 0 tin nhắn chờ trả lời',
    ]);
  });

  test('is not sent for an evening before the first run', async () => {
    await runTasks(MONDAY, '20:00');
    expect(await count('deliveries')).toBe(0);
    await runTasks('2026-11-24', '18:00');
    expect(digests().length).toBe(1);
  });

  test('crosses the year', async () => {
    await runTasks('2026-12-31', '09:00');
    await runTasks('2026-12-31', '18:00');
    expect(digests()[0]?.text).toContain('Thứ Sáu, 01/01/2027 chưa có việc nào.');
  });

  test('names stranded bookings, overdue messages, requests about data and dead letters', async () => {
    await runTasks(MONDAY, '09:00');
    const closed = await submitBooking({ date: '2026-11-27' });
    const message = await submitMessage();
    await env.DB.batch([
      env.DB.prepare("update seats set visit_date = '2026-11-29'"),
      env.DB.prepare("update messages set due_on = '2026-11-20'"),
      env.DB.prepare(
        `insert into rights_requests (id, subject_id, kind, state, first_reply_due, due_on, created_at)
         values ('r1', ?, 'correct', 'open', '2026-11-24', '2026-12-10', ?)`,
      ).bind(closed.id, fromVietnam(MONDAY, '09:00').toISOString()),
      env.DB.prepare(
        "update deliveries set status = 'dead', settled_at = ? where kind = 'job.requested'",
      ).bind(fromVietnam(MONDAY, '10:00').toISOString()),
    ]);
    await runTasks(MONDAY, '18:00');
    const text = digests()[0]?.text ?? '';
    expect(text).toContain(
      `${closed.code} · Chủ\u00A0Nhật, 29/11/2026, Sáng, 9:30–11:00 · ngày hoặc giờ này đã đóng`,
    );
    expect(text).toContain(`${message.code} · Khiếu nại · QUÁ HẠN 3 ngày, hạn 20/11/2026`);
    expect(text).toContain(`${closed.code} · xin sửa dữ liệu · trả lời lần đầu: hạn 24/11/2026`);
    expect(text).toContain(`${closed.code} · bộ phận điều phối · phiếu việc mới`);
  });
});

describe('a request about personal data that was answered and not met', () => {
  /** A complaint due on 4 December, and a request of the same Monday that is to be met by the 3rd. */
  async function arrange() {
    answerDispatch();
    await runTasks(MONDAY, '07:00');
    const complaint = await submitMessage();
    const asked = await submitMessage({ kind: 'privacy' });
    await env.DB.batch([
      env.DB.prepare("update messages set due_on = '2026-12-04' where id = ?").bind(complaint.id),
      env.DB.prepare("update messages set state = 'answered' where id = ?").bind(asked.id),
    ]);
    return { complaint, asked };
  }

  const reminders = () => systemMailsSent().filter(({ subject }) => subject.startsWith('Đang chờ'));

  test('stands in the digest before what is due later', async () => {
    const { complaint, asked } = await arrange();
    await runTasks('2026-12-04', '18:00');
    const text = digests()[0]?.text ?? '';
    const [first, second] = [`${asked.code} · Yêu cầu`, `${complaint.code} · Khiếu nại`];
    expect(text.indexOf(first)).toBeGreaterThan(0);
    expect(text.indexOf(second)).toBeGreaterThan(text.indexOf(first));
    expect(text).toContain('làm xong rồi kết thúc: QUÁ HẠN 1 ngày, hạn 03/12/2026');
  });

  test('is named by the reminder each morning from its day on, later once extended', async () => {
    const { asked } = await arrange();
    await runTasks('2026-12-02', '07:30');
    expect(reminders()).toEqual([]);
    await runTasks('2026-12-03', '07:30');
    await runTasks('2026-12-04', '07:30');
    const lines = reminders().map(({ text }) => text.includes(`${asked.code} · Yêu cầu`));
    expect(lines).toEqual([true, true]);
    const message = await findMessage(env.DB, asked.id);
    if (message === null) throw new Error('No message');
    await writeExtension(env.DB, {
      message,
      reason: 'search',
      now: fromVietnam('2026-12-04', '09:00'),
    });
    await runTasks('2026-12-12', '07:30');
    expect(reminders().at(-1)?.text).not.toContain(asked.code);
    await runTasks('2026-12-13', '07:30');
    expect(reminders().at(-1)?.text).toContain('hạn 13/12/2026');
  });
});

describe('the morning reminder', () => {
  test('names those who should have been called by now, once a morning', async () => {
    answerDispatch();
    await runTasks(MONDAY, '07:00');
    const long = await submitBooking({ date: '2026-11-30' }, { now: fromVietnam(MONDAY, '15:29') });
    const short = await submitBooking(
      { date: '2026-11-30', name: 'Hai' },
      { now: fromVietnam(MONDAY, '15:31') },
    );
    await runTasks(MONDAY, '17:45');
    vi.mocked(env.STAFF_EMAIL.send).mockClear();
    await runTasks('2026-11-24', '07:29');
    await runTasks('2026-11-24', '07:30');
    await runTasks('2026-11-24', '07:30');
    const [reminder, ...more] = systemMailsSent().filter(({ subject }) =>
      subject.startsWith('Đang chờ'),
    );
    expect(more).toEqual([]);
    expect(reminder?.subject).toBe('Đang chờ trả lời: 1 yêu cầu, 0 tin nhắn');
    expect(reminder?.text).toContain(long.code);
    expect(reminder?.text).not.toContain(short.code);
  });

  test('comes within a quarter of an hour after a promised call is late, once for each', async () => {
    answerDispatch();
    await runTasks(MONDAY, '08:00');
    const at = fromVietnam(MONDAY, '08:03');
    const first = await submitBooking({ date: '2026-11-30' }, { now: at });
    for (const time of ['10:00', '10:05', '10:15', '10:16', '10:30', '11:00']) {
      await runTasks(MONDAY, time);
    }
    const sent = systemMailsSent().filter(({ subject }) => subject.startsWith('Đang chờ'));
    expect(sent.map(({ text }) => text.includes(first.code))).toEqual([true]);
  });

  test('is not sent where nothing waits', async () => {
    await runTasks(MONDAY, '07:00');
    await runTasks('2026-11-24', '07:30');
    expect(await count('deliveries', "kind = 'nudge'")).toBe(0);
  });
});

describe('the second address', () => {
  test('hears once of a request that nobody acted on for four working hours', async () => {
    answerDispatch();
    const asked = await submitBooking({ date: '2026-11-30' });
    const seen = await submitBooking({ date: '2026-11-30', name: 'Hai' });
    await transitionBooking(env, {
      booking: seen,
      transition: 'reschedule',
      actor: 'staff',
      start: { date: '2026-12-01', window: 'sang' },
      now: fromVietnam(MONDAY, '10:00'),
    });
    await runTasks(MONDAY, '12:59');
    expect(subjects()).toEqual([]);
    await runTasks(MONDAY, '13:00');
    await runTasks(MONDAY, '13:01');
    await runTasks(MONDAY, '16:00');
    expect(subjects()).toEqual([`Chưa ai trả lời yêu cầu ${asked.code}`]);
    expect(systemMailsSent()[0]?.to).toBe(SECOND);
    expect(await listDisclosures(env.DB, `second-address:${asked.id}`)).toEqual([]);
  });

  test('hears of all requests that became late together in one mail, with a link each', async () => {
    answerDispatch();
    const late = await Promise.all(
      [1, 2, 3].map((n) => submitBooking({ date: '2026-11-30', window: 'chieu', name: `Ba ${n}` })),
    );
    await runTasks(MONDAY, '13:00');
    await runTasks(MONDAY, '13:01');
    expect(subjects()).toEqual(['Chưa ai trả lời 3 yêu cầu']);
    const text = systemMailsSent()[0]?.text ?? '';
    for (const { code } of late) expect(text).toContain(`/viec/${code}.`);
  });

  test('counts no minute of Tết, of a Sunday or of the night', async () => {
    answerDispatch();
    const asked = await submitBooking(
      { date: '2027-02-15' },
      { now: fromVietnam('2027-02-03', '16:30') },
    );
    await runTasks('2027-02-11', '10:29');
    expect(subjects().filter((subject) => subject.startsWith('Chưa ai'))).toEqual([]);
    await runTasks('2027-02-11', '10:30');
    expect(subjects()).toContain(`Chưa ai trả lời yêu cầu ${asked.code}`);
  });

  test('says nothing when the request was answered before the mail went out', async () => {
    answerDispatch();
    const asked = await submitBooking({ date: '2026-11-30' });
    vi.mocked(env.STAFF_EMAIL.send).mockRejectedValue({ code: 'E_INTERNAL_SERVER_ERROR' });
    await runTasks(MONDAY, '13:00');
    await transitionBooking(env, {
      booking: await readBooking(asked.id),
      transition: 'confirm',
      actor: 'staff',
      now: fromVietnam(MONDAY, '13:01'),
    });
    vi.mocked(env.STAFF_EMAIL.send).mockReset().mockResolvedValue({ messageId: 'x' });
    await runTasks(MONDAY, '13:10');
    expect(subjects()).toEqual([]);
    expect(await count('deliveries', "kind = 'second-address' and status = 'superseded'")).toBe(1);
  });
});

describe('an outage', () => {
  test('of dispatch is told within half an hour, once, and names what waits with its link', async () => {
    const { code } = await submitBooking({ date: '2026-11-30' });
    await env.DB.prepare(
      "insert into channels (name, failing_since) values ('dispatch', '2026-11-23T02:00:00.000Z')",
    ).run();
    await env.DB.prepare(
      "update deliveries set attempts = 1, next_attempt_at = '2026-11-24' where channel = 'dispatch'",
    ).run();
    await runTasks(MONDAY, '09:19');
    expect(subjects()).toEqual([]);
    await runTasks(MONDAY, '09:20');
    await runTasks(MONDAY, '09:30');
    expect(subjects()).toEqual(['Đang không gửi được: bộ phận điều phối']);
    await runTasks(MONDAY, '18:00');
    expect(digests()[0]?.text).toContain(`/viec/${code}.`);
  });
});

describe('a visit of yesterday', () => {
  test('is asked about in a mail whose link opens it, however long ago it was', async () => {
    answerDispatch();
    const done = await submitBooking({ date: '2026-11-25' });
    await env.DB.prepare("update bookings set state = 'confirmed'").run();
    await runTasks('2026-11-26', '13:00');
    const question = systemMailsSent().find(({ subject }) =>
      subject.startsWith('Đã làm xong chưa'),
    );
    const link = new RegExp(`/viec/${done.code}[^\\s]+/`).exec(question?.text ?? '')?.[0] ?? '';
    expect((await new Visitor(fromVietnam('2026-11-27', '12:00')).open(link)).status).toBe(200);
  });
});

describe('reminders to customers', () => {
  const on = { customerEmail: true };

  test('are written on the day before, once a confirmed visit, where e-mail is on', async () => {
    answerDispatch();
    const sure = await submitBooking({ date: '2026-11-25' });
    await submitBooking({ date: '2026-11-25', name: 'Hai' });
    await transitionBooking(env, {
      booking: sure,
      transition: 'confirm',
      actor: 'staff',
      now: fromVietnam(MONDAY, '10:00'),
    });
    await remindCustomers(env, fromVietnam('2026-11-24', '17:00'), { customerEmail: false });
    expect(await count('deliveries', "channel = 'customer-email'")).toBe(0);
    await remindCustomers(env, fromVietnam('2026-11-24', '16:59'), on);
    await remindCustomers(env, fromVietnam('2026-11-24', '17:00'), on);
    await remindCustomers(env, fromVietnam('2026-11-24', '17:01'), on);
    expect(
      await count(
        'deliveries',
        `kind = 'booking.reminder' and subject_id = '${sure.id}' and version = 2`,
      ),
    ).toBe(1);
    expect(await count('deliveries', "channel = 'customer-email'")).toBe(1);
    await runTasks('2026-11-24', '17:02');
    const sent = vi.mocked(env.CUSTOMER_EMAIL.send).mock.calls as unknown as [
      { to: string; subject: string },
    ][];
    expect(sent.map(([mail]) => mail.to)).toEqual(['hoa@example.org']);
  });

  test('are not sent for a visit that a gap has let begin', async () => {
    answerDispatch();
    const sure = await submitBooking({ date: '2026-11-25' });
    await transitionBooking(env, {
      booking: sure,
      transition: 'confirm',
      actor: 'staff',
      now: fromVietnam(MONDAY, '10:00'),
    });
    await remindCustomers(env, fromVietnam(MONDAY, '17:00'), on);
    await remindCustomers(env, fromVietnam('2026-11-25', '09:31'), on);
    expect(await count('deliveries', "channel = 'customer-email'")).toBe(0);
  });
});
