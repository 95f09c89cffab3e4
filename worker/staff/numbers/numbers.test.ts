import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../../shared/time.ts';
import { sendDueDeliveries } from '../../outbox/sweep.ts';
import { transitionBooking } from '../../records/booking-transition.ts';
import { numbersPath, weekPath } from '../../signing/staff-links.ts';
import { raiseEpoch } from '../../store/link-epochs.ts';
import { Visitor } from '../../test/browser.ts';
import { bookingFields, NOW } from '../../test/fixtures.ts';
import { count, readBooking, readDatabase, submitBooking } from '../../test/records.ts';
import { send } from '../../test/requests.ts';
import { staffSigning } from '../../test/staff.ts';

const me = new Visitor(NOW);

async function move(
  id: string,
  transition: 'confirm' | 'cancel' | 'unreachable',
  minutes: number,
  actor: 'staff' | 'customer' = 'staff',
) {
  const booking = await readBooking(id);
  const now = later(NOW, { minutes });
  await transitionBooking(env, { booking, transition, actor, now });
}

describe('GET /viec/so-lieu/<token>/', () => {
  test('counts what became of requests and how soon they were answered, and names no customer', async () => {
    const first = await submitBooking();
    const second = await submitBooking({ phone: '0913 000 111' });
    await submitBooking({ phone: '0913 000 222' });
    await submitBooking({ phone: '0913 000 333' }, { holdReason: 'honeypot' });
    await move(first.id, 'unreachable', 10);
    await move(first.id, 'confirm', 40);
    await move(second.id, 'cancel', 20);
    const before = await readDatabase();
    const path = await numbersPath(staffSigning());
    const page = await me.open(path);
    expect(page.status).toBe(200);
    expect(page.words).toContain('Yêu cầu 3 Nhận làm 1 Đã hủy 1 Khách vắng 0');
    expect(page.words).toContain('trong vòng 10 phút (giờ làm việc)');
    expect(page.words).toContain('2 trên 2 yêu cầu');
    expect(page.words).toContain('Chưa trả lời 1');
    expect(page.text).not.toContain('style=');
    expect(page.text).toMatch(/<path class="[^"]+" d="M0 96v/);
    expect(page.text).toContain(' d="M0 0h100v8H0z"');
    const csv = await me.open(`${path}so-lieu.csv`);
    expect(csv.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    expect(csv.text).toContain('"Tất cả","Cộng","3","1","1","0"');
    expect(csv.text.match(/^"Tuần"/gm)).toHaveLength(30);
    const { name = '', phone = '', address = '' } = bookingFields();
    for (const value of [name, phone, address, first.code]) {
      expect(page.text + csv.text).not.toContain(value);
    }
    expect(await readDatabase()).toBe(before);
    const { id } = await submitBooking({ phone: '0913 000 444' });
    await move(id, 'cancel', 5, 'customer');
    const next = await me.open(path);
    expect(next.words).toContain('Yêu cầu 4 Nhận làm 1 Đã hủy 2 Khách vắng 0');
    expect(next.words).toContain('Chưa trả lời 1');
  });

  test('sums up money agreed and paid by week and month, and counts a visit for each of its services', async () => {
    const both = await submitBooking({
      ...{ service: 've-sinh-nha-o,giat-ghe-sofa', quantity: '' },
    });
    const off = await submitBooking({ phone: '0913 000 111' });
    await move(both.id, 'confirm', 10);
    await move(off.id, 'cancel', 20);
    const price = env.DB.prepare(
      'insert into prices (subject_id, version, amount_vnd, at, agreed_by, agreed_at) values (?1, ?2, ?3, ?4, ?5, ?6)',
    );
    const at = NOW.toISOString();
    const paid = env.DB.prepare(
      "insert into payments (subject_id, n, amount_vnd, method, at, undone_at) values (?1, ?2, ?3, 'cash', ?4, ?5)",
    );
    await env.DB.batch([
      price.bind(both.id, 1, 300_000, at, 'phone', at),
      price.bind(both.id, 2, 450_000, at, 'phone', at),
      price.bind(both.id, 3, 900_000, at, null, null),
      price.bind(off.id, 1, 700_000, at, 'phone', at),
      paid.bind(both.id, 1, 200_000, at, null),
      paid.bind(both.id, 2, 50_000, at, at),
    ]);
    const path = await numbersPath(staffSigning());
    const page = await me.open(path);
    expect(page.words.replaceAll('\u00a0', ' ')).toContain(
      'Giá đã chốt 450.000 ₫ Đã nhận 200.000 ₫',
    );
    const { text } = await me.open(`${path}so-lieu.csv`);
    for (const row of [
      '"Tuần","Tuần từ 23/11/2026","2","1","1","0","450000","200000"',
      '"Tháng","Tháng 11/2026","2","1","1","0","450000","200000"',
      '"Dịch vụ","Vệ sinh nhà ở","1","1","0","0"',
      '"Dịch vụ","Giặt ghế sofa tại nhà","2","1","1","0"',
      '"Trả lời lần đầu","Chưa trả lời","0"',
    ]) {
      expect(text).toContain(row);
    }
    expect(text).toMatch(/"Trả lời lần đầu","Đúng hẹn \d+ phút làm việc","2"/);
  });

  test('shows no empty figure and no chart where there is nothing to count', async () => {
    const page = await me.open(await numbersPath(staffSigning()));
    expect(page.words).toContain('Khoảng này chưa có yêu cầu nào');
    expect(page.text).not.toContain('<svg');
  });

  test('opens by its own link only, for 7 days, until links of staff are closed', async () => {
    const path = await numbersPath(staffSigning());
    const week = (await weekPath(staffSigning())).split('/').at(-2);
    expect((await me.open(`/viec/so-lieu/${week}/`)).status).toBe(403);
    expect((await me.open(`/viec/so-lieu/${week}/so-lieu.csv`)).status).toBe(403);
    expect((await me.open(path.replace('/so-lieu/', '/lich/'))).status).toBe(403);
    expect((await new Visitor(later(NOW, { days: 7, ms: 1 })).open(path)).status).toBe(403);
    expect((await me.open(path)).status).toBe(200);
    await raiseEpoch(env.DB, 'staff', later(NOW, { minutes: 1 }));
    expect((await me.open(path)).status).toBe(403);
  });
});

describe('POST /viec/', () => {
  const asking = (OWNER_ADDRESS: string) => ({
    bindings: { ...env, OWNER_ADDRESS },
    post: () =>
      send(
        '/viec/',
        {
          method: 'POST',
          body: new URLSearchParams({ send: 'numbers' }),
          headers: { Accept: 'text/html' },
        },
        { env: { ...env, OWNER_ADDRESS } },
      ),
  });

  test('mails the link to the numbers to the owner and nobody else, within the limits of links', async () => {
    const { bindings, post } = asking('owner@example.com');
    expect((await post()).status).toBe(200);
    expect((await post()).status).toBe(200);
    await sendDueDeliveries(bindings, NOW);
    const sent = vi.mocked(env.STAFF_EMAIL.send).mock.calls as unknown as [
      { to: string; text: string },
    ][];
    expect(sent.map(([{ to }]) => to)).toEqual(['owner@example.com']);
    const [, path = ''] =
      /https:\/\/example\.com(\/viec\/so-lieu\/\S+)/.exec(sent[0]?.[0].text ?? '') ?? [];
    expect((await me.open(path)).status).toBe(200);
  });

  test('offers and mails no such link where the owner has no mailbox', async () => {
    const { post } = asking('');
    expect((await post()).status).toBe(422);
    expect(await count('deliveries')).toBe(0);
    expect((await me.open('/viec/')).text).not.toContain('value="numbers"');
  });
});
