import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../../shared/time.ts';
import { customerPath } from '../../signing/links.ts';
import {
  dataPath,
  feedPath,
  freshStaffPath,
  numbersPath,
  staffPath,
  weekPath,
} from '../../signing/staff-links.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { formOf, type Page, Visitor } from '../../test/browser.ts';
import { NOW } from '../../test/fixtures.ts';
import { readBooking, readDatabase, submitBooking, submitMessage } from '../../test/records.ts';
import { staffSigning } from '../../test/staff.ts';
import { runTasks, systemMailsSent } from '../../test/tasks.ts';

const closeForm = ({ forms }: Page) => {
  const form = forms.find(({ action }) => action.endsWith('/dong/'));
  if (form === undefined) throw new Error('No form closes links');
  return form;
};

describe('POST /viec/lich/<token>/dong/', () => {
  test('ends every link of staff, mails a new one and goes on by one with the same end', async () => {
    const booking = await submitBooking();
    const message = await submitMessage({ kind: 'privacy' });
    const own = await customerPath(readLinkKeys(env.LINK_KEYS), booking);
    const signing = staffSigning();
    const week = await weekPath(signing);
    const old = [
      week,
      await weekPath(staffSigning(later(NOW, { days: -3 }))),
      await staffPath(signing, booking),
      await freshStaffPath(signing, booking),
      await staffPath(signing, message),
      await dataPath(signing, booking),
      await feedPath(signing, null),
      await numbersPath(signing),
    ];
    const me = new Visitor(NOW);
    const statuses = async () => Promise.all(old.map(async (path) => (await me.open(path)).status));
    expect(new Set(await statuses())).toEqual(new Set([200]));
    const form = closeForm(await me.open(week));
    const before = await readDatabase();
    expect((await me.submit(form)).status).toBe(422);
    expect(await readDatabase()).toBe(before);

    const sent = await me.submit(form, { sure: 'yes' });
    expect(sent.status).toBe(303);
    const next = sent.headers.get('Location') ?? '';
    expect((await me.open(next)).words).toContain('Đã đóng mọi đường dẫn cũ của nhân viên');
    expect(new Set(await statuses())).toEqual(new Set([403]));
    expect((await me.submit(form, { sure: 'yes' })).status).toBe(403);
    expect((await me.open(own)).status).toBe(200);

    await runTasks('2026-11-23', '09:01');
    const [mail] = systemMailsSent().filter(({ subject }) => subject.includes('Đường dẫn mới'));
    const [, mailed = ''] =
      /https:\/\/example\.com(\/viec\/lich\/\S+)/.exec(mail?.text ?? '') ?? [];
    expect((await me.open(mailed)).status).toBe(200);
    me.now = later(NOW, { days: 7 });
    expect((await me.open(next)).status).toBe(200);
    me.now = later(NOW, { days: 7, ms: 1 });
    expect((await me.open(next)).status).toBe(403);
    expect((await me.open(mailed)).status).toBe(200);
  });
});

describe('a link that the week draws', () => {
  test('opens a job of long ago for 24 hours, with its details, where the link in its mail has ended', async () => {
    const booking = await submitBooking();
    await env.DB.prepare(
      `update bookings set state = 'completed', key_ends_at = '2027-11-26T04:00:00.000Z'`,
    ).run();
    const me = new Visitor(later(NOW, { days: 30 }));
    const ended = await me.open(await staffPath(staffSigning(), booking));
    expect(ended.status).toBe(410);
    expect(ended.words).toContain('Việc cũ mở lại được từ lịch tuần');
    const week = await me.open(`${await weekPath(staffSigning(me.now))}?from=2026-11-23`);
    const [path = ''] = new RegExp(`/viec/${booking.code}\\.[^"]+`).exec(week.text) ?? [];
    const page = await me.open(path);
    expect(page.status).toBe(200);
    const opened = await me.follow(formOf(page, 'open'), { sure: 'yes' });
    expect(opened.words).toContain('12 Lê Lợi');
    me.now = later(me.now, { hours: 24 });
    expect((await me.open(path)).status).toBe(200);
    me.now = later(me.now, { ms: 1 });
    expect((await me.open(path)).status).toBe(410);
  });

  test('leads every form and page of the job on by itself', async () => {
    const booking = await submitBooking();
    const path = await freshStaffPath(staffSigning(), booking);
    const me = new Visitor(NOW);
    const page = await me.open(path);
    expect(new Set(page.forms.map(({ action }) => action))).toEqual(new Set([path]));
    const answer = await me.submit(formOf(page, 'confirm'), { sure: 'yes' });
    expect(answer.headers.get('Location')).toBe(`${path}?xong=1`);
    expect((await readBooking(booking.id)).state).toBe('confirmed');
  });
});

describe('a page whose details are open', () => {
  test.each(['mailed', 'fresh'])(
    'needs no radio for its buttons, %s, on this path only',
    async (kind) => {
      const booking = await submitBooking();
      const pathOf = kind === 'mailed' ? staffPath : freshStaffPath;
      const path = await pathOf(staffSigning(), booking);
      const me = new Visitor(NOW);
      const closed = formOf(await me.open(path), 'confirm');
      expect((await me.submit(closed)).status).toBe(422);
      const opened = await me.follow(formOf(await me.open(path), 'open'), { sure: 'yes' });
      const elsewhere = await freshStaffPath(staffSigning(later(NOW, { minutes: 1 })), booking);
      expect((await me.submit(formOf(await me.open(elsewhere), 'confirm'))).status).toBe(422);
      const form = formOf(opened, 'confirm');
      expect(form.radios).toEqual([]);
      expect((await me.submit(form)).status).toBe(303);
      me.now = later(NOW, { minutes: 30, ms: 1 });
      const late = formOf(await me.open(path), 'cancel');
      expect((await me.submit(late, { act: 'undoConfirm' })).status).toBe(422);
      expect((await readBooking(booking.id)).state).toBe('confirmed');
    },
  );
});
