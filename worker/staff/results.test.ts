import { env } from 'cloudflare:workers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { bookingRules } from '../../shared/content/catalogue.ts';
import { fromVietnam, later } from '../../shared/time.ts';
import { customerPath } from '../signing/links.ts';
import { freshStaffPath } from '../signing/staff-links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { type Page, formOf, Visitor } from '../test/browser.ts';
import { readBooking, readDeliveries, submitBooking } from '../test/records.ts';
import { NOW } from '../test/fixtures.ts';
import { staffSigning } from '../test/staff.ts';

/** An hour after the window of `submitBooking`. */
const AFTER = new Date('2026-11-26T05:00:00.000Z');

/** A job, and somebody of staff with its details open. */
async function openJob(at: Date, acts: readonly string[] = []) {
  const booking = await submitBooking();
  const me = new Visitor(at);
  const path = await freshStaffPath(staffSigning(at), booking);
  await me.follow(formOf(await me.open(path), 'open'), { sure: 'yes' });
  let page = await me.open(path);
  for (const act of acts) page = await me.follow(formOf(page, act));
  return { id: booking.id, code: booking.code, me, path, page };
}

const press = (me: Visitor, page: Page, act: string, choices = {}) =>
  me.follow(formOf(page, act), choices);

async function dispatched(id: string) {
  const rows = await readDeliveries(id);
  return rows.filter(({ channel }) => channel === 'dispatch').map(({ kind }) => kind);
}

const hasForm = (page: Page, act: string) => page.forms.some(({ values }) => values['act'] === act);

async function customerReads(id: string, now: Date): Promise<string> {
  const path = await customerPath(readLinkKeys(env.LINK_KEYS), await readBooking(id));
  return (await new Visitor(now).open(path)).words;
}

describe('what became of a visit', () => {
  test.each([
    ['complete', 'completed', 'job.completed', 'Đã ghi làm xong.', 'Đã làm xong'],
    ['noShow', 'no-show', 'job.cancelled', 'Đã ghi khách vắng.', 'Đội đến, không gặp anh/chị'],
  ])(
    '%s is told to dispatch as it is and can be undone for a day',
    async (act, state, kind, notice, words) => {
      const { id, me, path, page } = await openJob(AFTER, ['confirm']);
      await env.DB.prepare('update deliveries set attempts = 1').run();
      const done = await press(me, page, act);
      expect(done.words).toContain(notice);
      expect(done.words).toContain('Chép để gửi khách');
      expect(await readBooking(id)).toMatchObject({ state, version: 3 });
      expect(await dispatched(id)).toContain(kind);
      expect(await customerReads(id, AFTER)).toContain(words);
      me.now = later(AFTER, { hours: 23 });
      const fresh = await freshStaffPath(staffSigning(me.now), await readBooking(id));
      const again = await me.open(fresh);
      const back = await me.follow(formOf(again, 'undoResult'), { sure: 'yes' });
      expect(back.words).toContain('Đã xác nhận');
      expect(await readBooking(id)).toMatchObject({ state: 'confirmed', version: 4 });
      expect((await dispatched(id)).at(-1)).toBe('job.confirmed');
      expect((await me.open(path)).status).toBe(200);
    },
  );

  test('is not undone after a day', async () => {
    const { id, me, page } = await openJob(AFTER, ['confirm']);
    await press(me, page, 'complete');
    me.now = later(AFTER, { hours: 24 });
    const fresh = await freshStaffPath(staffSigning(me.now), await readBooking(id));
    expect(hasForm(await me.open(fresh), 'undoResult')).toBe(false);
  });

  test('is not undone once the customer has taken the consent back', async () => {
    const { id, me, page } = await openJob(AFTER, ['confirm']);
    const done = await press(me, page, 'complete');
    await env.DB.prepare(
      `insert into rights_requests (id, subject_id, kind, state, first_reply_due, due_on, created_at)
       values ('r', ?, 'withdraw', 'done', '2026-11-28', '2026-12-10', '2026-11-26')`,
    )
      .bind(id)
      .run();
    const answer = await press(me, done, 'undoResult');
    expect(answer.status).toBe(409);
    expect((await readBooking(id)).state).toBe('completed');
  });
});

describe('a cancellation by staff', () => {
  test.each([
    ['cancelFor', { sure: 'yes' }, 'Chúng tôi đã hủy đơn này theo yêu cầu của anh/chị.'],
    ['cancel', { reason: 'crew' }, 'Chúng tôi phải hủy đơn này và xin lỗi anh/chị.'],
  ])('by %s reads as what it was and goes back to where it stood', async (act, choices, words) => {
    const { id, me, page } = await openJob(NOW, ['confirm']);
    const done = await press(me, page, act, choices);
    expect(await customerReads(id, NOW)).toContain(words);
    const back = await press(me, done, 'undoCancel');
    expect(back.words).toContain('Đã rút lại việc hủy');
    expect((await readBooking(id)).state).toBe('confirmed');
    const { results } = await env.DB.prepare('select * from seats').all();
    expect(results).toHaveLength(1);
  });

  test('that went back to confirmed leaves no job at dispatch where that is taken back too', async () => {
    const { dispatch } = bookingRules;
    bookingRules.dispatch = { ...dispatch, from: 'confirmed' };
    onTestFinished(() => {
      bookingRules.dispatch = dispatch;
    });
    const { id, me, page } = await openJob(NOW, ['confirm']);
    const asked = await press(me, page, 'undoConfirm');
    expect(await dispatched(id)).toEqual(['job.confirmed']);
    const confirmed = await press(me, asked, 'confirm');
    await env.DB.prepare('update deliveries set attempts = 1').run();
    const back = await press(me, await press(me, confirmed, 'cancelFor'), 'undoCancel');
    await press(me, back, 'undoConfirm');
    expect((await readBooking(id)).state).toBe('requested');
    expect((await dispatched(id)).at(-1)).toBe('job.cancelled');
  });

  test('whose seat is taken meanwhile asks for another window', async () => {
    const { id, me, page } = await openJob(NOW);
    const done = await press(me, page, 'cancelFor');
    for (const n of [1, 2, 3]) {
      await submitBooking({ name: `Khách ${n}`, phone: `091234000${n}` });
    }
    const refused = await press(me, done, 'undoCancel');
    expect(refused.status).toBe(409);
    expect(refused.words).toContain('Khung giờ này vừa hết chỗ');
    const slot = '2026-11-26/chieu';
    const moved = refused.forms.findLast(({ values }) => values['act'] === 'undoCancel');
    if (moved === undefined) throw new Error('no form');
    await me.follow(moved, { slot });
    expect(await readBooking(id)).toMatchObject({ state: 'requested', window: 'chieu' });
  });

  test('of the customer is not for staff to undo', async () => {
    const { id, me, path } = await openJob(NOW);
    await env.DB.batch([
      env.DB.prepare("update bookings set state = 'cancelled' where id = ?").bind(id),
      env.DB.prepare(
        `insert into events (id, subject_id, type, actor, state, version, at)
         values ('e', ?, 'cancel', 'customer', 'cancelled', 1, ?)`,
      ).bind(id, NOW.toISOString()),
    ]);
    expect(hasForm(await me.open(path), 'undoCancel')).toBe(false);
  });
});

describe('while a request waits', () => {
  test('staff note that nobody answered, and when they call again', async () => {
    const { id, me, page } = await openJob(NOW);
    expect((await me.submit(formOf(page, 'unreachable'))).status).toBe(422);
    const done = await press(me, page, 'unreachable', { again: 'evening' });
    expect(done.words).toContain('gọi lại lúc Thứ Hai, 23/11/2026, 17:00');
    expect((await readBooking(id)).callAgainAt).toEqual(fromVietnam('2026-11-23', '17:00'));
    expect(await dispatched(id)).toEqual(['job.requested']);
    const own = await customerPath(readLinkKeys(env.LINK_KEYS), await readBooking(id));
    const told = (await new Visitor(NOW).open(own)).words;
    expect(told).toContain('gọi anh/chị chưa được, sẽ gọi lại lúc Thứ Hai, 23/11/2026, 17:00');
    const noted = await press(me, done, 'correct', { staffNote: 'Máy bận' });
    expect(noted.words).toContain('gọi lại lúc Thứ Hai, 23/11/2026, 17:00');
    await press(me, noted, 'confirm');
    expect((await readBooking(id)).callAgainAt).toBeNull();
  });

  test('staff put details right and add a note that the customer can see', async () => {
    const { id, me, page } = await openJob(NOW);
    const form = formOf(page, 'correct');
    const wrong = await me.submit(form, { ...correction, phone: '12', staffNote: 'Có chó' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Có chó');
    expect(wrong.words).toContain('Khách có quyền xem');
    const done = await me.follow(form, { ...correction, staffNote: 'Có chó' });
    expect(done.words).toContain('8 Nguyễn Du');
    expect(done.words).toContain('Ghi chú của nhân viên: Có chó');
    expect(await dispatched(id)).toEqual(['job.requested', 'job.updated']);
    const path = await customerPath(readLinkKeys(env.LINK_KEYS), await readBooking(id));
    const mine = await new Visitor(NOW).openAll(path.replace('/?', '/du-lieu/?'));
    expect(mine.words).toContain('Có chó');
    const bare = await me.follow(formOf(done, 'correct'), { staffNote: '' });
    expect(bare.words).not.toContain('Có chó');
  });

  test('the ward too, which dispatch hears of; a wrong one is led to', async () => {
    const { id, me, page } = await openJob(NOW);
    const form = formOf(page, 'correct');
    const wrong = await me.submit(form, { ...correction, ward: '99999' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('href="#ward"');
    const done = await me.follow(form, { ...correction, staffNote: '', ward: '16681' });
    expect(done.words).toContain('8 Nguyễn Du, Phường Thành Vinh');
    expect(await readBooking(id)).toMatchObject({ ward: '16681', version: 2 });
    expect(await dispatched(id)).toEqual(['job.requested', 'job.updated']);
  });

  test('a customer who calls off needs no further choice once the details are open', async () => {
    const { id, me, page } = await openJob(NOW);
    const form = formOf(page, 'cancelFor');
    expect(form.radios).toEqual([]);
    await me.follow(form, {});
    expect(await readBooking(id)).toMatchObject({ state: 'cancelled' });
  });

  test('nothing is put right while the details are hidden, and nothing typed is lost', async () => {
    const { id, me, page } = await openJob(NOW);
    const form = formOf(page, 'correct');
    me.now = later(NOW, { minutes: 29 });
    const stranger = new Visitor(me.now);
    const answer = await stranger.submit(form, { ...correction });
    expect(answer.status).toBe(422);
    expect((await readBooking(id)).version).toBe(1);
  });
});

const correction = {
  name: 'Nguyễn Thị Hoa',
  phone: '0912 345 678',
  address: '8 Nguyễn Du',
  quantity: '3',
  email: '',
  note: 'Cổng sau',
};
