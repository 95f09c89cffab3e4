import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../shared/time.ts';
import { staffPath } from '../signing/staff-links.ts';
import { staffSigning } from '../test/staff.ts';
import { formOf, Visitor } from '../test/browser.ts';
import { writeDigest } from '../outbox/mails/digest.ts';
import { purge } from '../personal-data/purge.ts';
import { count, readDatabase, submitBooking, submitMessage } from '../test/records.ts';
import { send } from '../test/requests.ts';
import { NOW } from '../test/fixtures.ts';

const me = new Visitor(NOW);
const PHONE = '0912 345 678';
const PERSONAL = /Nguyễn Thị Hoa|12 Lê Lợi|0912|hoa@example|Cổng sau|Sofa còn vết bẩn/;

/** A post from one of several networks. */
async function postFrom(network: string, fields: Record<string, string>): Promise<number> {
  const headers = { Accept: 'text/html', 'CF-Connecting-IP': network };
  const body = new URLSearchParams(fields);
  return (await send('/don/', { method: 'POST', body, headers })).status;
}

describe('POST /don/ with the last four digits', () => {
  test.each([
    ['a booking', submitBooking],
    ['a message', submitMessage],
  ])('leads to a page of %s that names nobody, for an hour', async (_, submit) => {
    const record = await submit();
    const typed = record.code.replace('-', ' ').toLowerCase();
    const answer = await me.post('/don/', { code: typed, digits: '5678' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store');
    expect(answer.headers.get('Set-Cookie')).toBeNull();
    const path = answer.headers.get('Location') ?? '';
    const visitor = new Visitor(later(NOW, { hours: 1 }));
    const page = await visitor.open(path);
    expect(page.status).toBe(200);
    expect(page.words).toContain('Đã nhận');
    expect(page.text).not.toMatch(PERSONAL);
    // Not by a press sent by hand either.
    await visitor.post(path, { act: 'open' });
    expect((await visitor.open(path)).text).not.toMatch(PERSONAL);
    const data = await visitor.open(path.replace('/?', '/du-lieu/?'));
    expect(data.status).toBe(403);
    expect(data.words).toContain('ghi cả số điện thoại');
    expect(data.text).not.toMatch(PERSONAL);
    expect((await new Visitor(later(NOW, { hours: 1, ms: 1 })).open(path)).status).toBe(403);
  });

  test('opens a page that reschedules and cancels, and hands on no link that lives longer', async () => {
    const { id, code } = await submitBooking();
    const found = (await me.post('/don/', { code, digits: '5678' })).headers.get('Location') ?? '';
    const token = found.split('k=')[1] ?? '-';
    const page = await me.follow(formOf(await me.open(found), 'reschedule'), {
      slot: '2026-11-27/sang',
    });
    expect(page.words).toContain('Anh/chị đổi giờ lúc');
    const links = [...page.text.matchAll(/[?;&]k=([\w.-]+)/g)].map(([, k]) => k);
    expect(new Set(links)).toEqual(new Set([token]));
    await me.follow(formOf(page, 'cancel'), { sure: 'yes' });
    expect(await count('bookings', `id = '${id}' and state = 'cancelled'`)).toBe(1);
  });

  test('names what is missing and counts no try for it', async () => {
    const before = await readDatabase();
    const page = await me.post('/don/', { code: 'TS-1', digits: '12' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('aria-invalid="true"');
    expect(page.text).toContain('value="TS-1"');
    expect(page.words).toContain('Lỗi:');
    expect(await readDatabase()).toBe(before);
  });

  test('answers wrong digits and an unknown code alike', async () => {
    const { code } = await submitBooking();
    const wrong = await me.post('/don/', { code, digits: '0000' });
    const unknown = await me.post('/don/', { code: 'TS-0000000', digits: '0000' });
    expect(wrong.status).toBe(422);
    expect(unknown.status).toBe(422);
    expect(unknown.text).toBe(wrong.text.replaceAll(code, 'TS-0000000'));
  });

  test.each(['there', 'absent'])(
    'stops after five wrong tries of a code that is %s',
    async (kind) => {
      const { code: stored } = await submitBooking();
      const code = kind === 'there' ? stored : 'TS-0000000';
      for (let count = 0; count < 5; count += 1) {
        expect((await me.post('/don/', { code, digits: '0000' })).status).toBe(422);
      }
      const page = await me.post('/don/', { code, digits: '5678' });
      expect(page.status).toBe(429);
      expect(page.headers.get('Retry-After')).toBe('3600');
      expect(page.words).toMatch(/0\d{3} \d{3} \d{3}/);
      expect(page.headers.get('Location')).toBeNull();
    },
  );

  test('takes five again in the next hour', async () => {
    const { code } = await submitBooking();
    for (let count = 0; count < 6; count += 1) await me.post('/don/', { code, digits: '0000' });
    const next = new Visitor(later(NOW, { hours: 1 }));
    expect((await next.post('/don/', { code, digits: '5678' })).status).toBe(303);
  });

  test('twenty guesses at once are five tries', async () => {
    const { code } = await submitBooking();
    const guesses = Array.from({ length: 20 }, () => me.post('/don/', { code, digits: '0000' }));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(15);
  });

  test('right answers are never counted', async () => {
    const { code } = await submitBooking();
    for (let count = 0; count < 8; count += 1) {
      expect((await me.post('/don/', { code, digits: '5678' })).status).toBe(303);
    }
  });

  test('says so when the time of the page is over', async () => {
    const { code } = await submitBooking();
    const late = new Visitor(new Date('2026-12-26T04:00:00.001Z'));
    const page = await late.post('/don/', { code, digits: '5678' });
    expect(page.status).toBe(410);
    expect(page.words).toMatch(/0\d{3} \d{3} \d{3}/);
  });
});

describe('the tries of a record’s whole life', () => {
  /** Fifteen wrong tries, in three hours. */
  async function close(code: string): Promise<void> {
    for (let tried = 0; tried < 15; tried += 1) {
      const hours = Math.floor(tried / 5);
      const stranger = new Visitor(later(NOW, { hours }));
      expect((await stranger.post('/don/', { code, digits: '0000' })).status).toBe(422);
    }
  }

  test('end after fifteen wrong ones, until staff open it again', async () => {
    const record = await submitBooking();
    const { code } = record;
    await close(code);
    const tomorrow = new Visitor(later(NOW, { days: 1 }));
    const closed = await tomorrow.post('/don/', { code, digits: '5678' });
    expect(closed.status).toBe(429);
    expect(closed.words).toContain('ghi cả số điện thoại');
    expect((await tomorrow.post('/don/', { code, digits: PHONE })).status).toBe(303);

    const path = await staffPath(staffSigning(), record);
    const form = formOf(await tomorrow.open(path), 'reopen');
    expect((await tomorrow.submit(form)).status).toBe(422);
    expect((await tomorrow.post('/don/', { code, digits: '5678' })).status).toBe(429);
    const page = await tomorrow.follow(form, { sure: 'yes' });
    expect(page.words).not.toContain('thử sai');
    expect((await tomorrow.post('/don/', { code, digits: '5678' })).status).toBe(303);
  });

  test('are named in the digest, and go with the record', async () => {
    const { id, code } = await submitBooking();
    const digest = async () => {
      const delivery = { subjectId: 'digest:2026-11-23', createdAt: NOW };
      return (await writeDigest(env, delivery as never, NOW))?.mail.text ?? '';
    };
    expect(await digest()).not.toContain('thử sai');
    await close(code);
    expect(await digest()).toMatch(new RegExp(`${code} · bốn số cuối bị thử sai nhiều lần`));
    await env.DB.prepare("update bookings set erased_at = '2023-01-01T00:00:00.000Z'").run();
    expect(await digest()).not.toContain('thử sai');
    await purge(env, NOW);
    expect(await count('bookings', `id = '${id}'`)).toBe(0);
    expect(await count('tries', "hour = 'always'")).toBe(0);
  });
});

describe('POST /don/ with the whole number', () => {
  test.each([
    ['a booking', submitBooking, '0912 345 678'],
    ['a message', submitMessage, '+84 912.345.678'],
  ])('shows all of %s at once, for half an hour', async (_, submit, number) => {
    const { code } = await submit();
    const visitor = new Visitor(NOW);
    const answer = await visitor.post('/don/', { code, digits: number });
    expect(answer.status).toBe(303);
    const path = answer.headers.get('Location') ?? '';
    expect((await visitor.open(path)).words).toContain('Nguyễn Thị Hoa');
    expect((await new Visitor(NOW).open(path)).text).not.toContain('Nguyễn Thị Hoa');
    visitor.now = later(NOW, { minutes: 31 });
    const closed = await visitor.open(path);
    expect(closed.text).not.toContain('Nguyễn Thị Hoa');
    expect((await visitor.follow(formOf(closed, 'open'))).words).toContain('Nguyễn Thị Hoa');
  });

  test('is asked for on the page that four digits lead to', async () => {
    const { code } = await submitBooking();
    const visitor = new Visitor(NOW);
    const found = await visitor.post('/don/', { code, digits: '5678' });
    const page = await visitor.open(found.headers.get('Location') ?? '');
    const form = page.forms.find(({ action }) => action === '/don/');
    const answer = await visitor.post('/don/', { ...form?.values, digits: PHONE });
    const shown = await visitor.open(answer.headers.get('Location') ?? '');
    expect(shown.words).toContain('12 Lê Lợi');
  });

  test.each(['345678', '12345', '0000000000', '5678a', 'năm sáu bảy tám'])(
    'asks again for "%s", which is neither, and counts no try',
    async (digits) => {
      const { code } = await submitBooking();
      const page = await me.post('/don/', { code, digits });
      expect(page.status).toBe(422);
      expect(page.text).toContain('href="#digits"');
      expect(await count('tries')).toBe(0);
    },
  );

  test('has five wrong tries for each code, network and hour, at once too', async () => {
    const { code } = await submitBooking();
    const wrong = { code, digits: '0912 345 679' };
    const guesses = Array.from({ length: 12 }, () => postFrom('192.0.2.1', wrong));
    const statuses = await Promise.all(guesses);
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(7);
    const right = { code, digits: PHONE };
    expect(await postFrom('192.0.2.1', right)).toBe(429);
    expect(await postFrom('192.0.2.77', right)).toBe(303);
    expect(await postFrom('192.0.2.1', { code, digits: '5678' })).toBe(303);
    const other = await submitBooking({ date: '2026-11-27' });
    expect(await postFrom('192.0.2.1', { code: other.code, digits: PHONE })).toBe(303);
    const { results } = await env.DB.prepare('select name from tries').all();
    expect(JSON.stringify(results)).not.toContain('192.0.2');
  });

  test('has fifty wrong tries for each code and day', async () => {
    const { code } = await submitBooking();
    await env.DB.prepare("insert into tries values (?, '2026-11-23', 49)")
      .bind(`find-number:${code}`)
      .run();
    const wrong = { code, digits: '0912 345 679' };
    expect(await postFrom('192.0.2.1', wrong)).toBe(422);
    expect(await postFrom('192.0.2.2', wrong)).toBe(429);
    expect(await postFrom('192.0.2.2', { code, digits: PHONE })).toBe(429);
    const locked = await me.post('/don/', { code, digits: PHONE });
    expect(locked.words).toContain('chờ sang ngày mai');
    // 9:00 in Vietnam.
    expect(locked.headers.get('Retry-After')).toBe(String(15 * 3600));
    const tomorrow = new Visitor(later(NOW, { hours: 15 }));
    expect((await tomorrow.post('/don/', { code, digits: PHONE })).status).toBe(303);
  });

  test('passes where four digits are locked', async () => {
    const { code } = await submitBooking();
    for (let tried = 0; tried < 6; tried += 1) await me.post('/don/', { code, digits: '0000' });
    expect((await me.post('/don/', { code, digits: '5678' })).status).toBe(429);
    expect((await me.post('/don/', { code, digits: PHONE })).status).toBe(303);
  });
});

describe('POST /don/ where the key store does not answer', () => {
  test.each(['5678', '0000', PHONE])('answers 503 to "%s" and counts no try', async (digits) => {
    const { code } = await submitBooking();
    const silent = vi
      .spyOn(env.VAULT, 'get')
      .mockRejectedValue(new Error('KV GET failed: 500 Internal Server Error'));
    for (const typed of [code, 'TS-0000000']) {
      for (let tried = 0; tried < 6; tried += 1) {
        const page = await me.post('/don/', { code: typed, digits });
        expect(page.status).toBe(503);
        expect(page.words).toMatch(/0\d{3} \d{3} \d{3}/);
        expect(page.text).toContain(`value="${typed}"`);
      }
    }
    expect(silent).toHaveBeenCalledTimes(12);
    silent.mockRestore();
    expect(await count('tries', "count > 0 and name <> 'find-unknown'")).toBe(0);
  });

  test('answers 503 while the key is not seen yet, and takes the same digits afterwards', async () => {
    const { id, code } = await submitBooking();
    const key = await env.VAULT.getWithMetadata(id, 'arrayBuffer');
    await env.VAULT.delete(id);
    for (let tried = 0; tried < 6; tried += 1) {
      expect((await me.post('/don/', { code, digits: '5678' })).status).toBe(503);
    }
    await env.VAULT.put(id, key.value ?? '', { metadata: key.metadata });
    expect((await me.post('/don/', { code, digits: '5678' })).status).toBe(303);
  });
});

describe('codes that no record has', () => {
  test('leave a bounded number of counts', async () => {
    await env.DB.prepare("insert into tries values ('find-unknown', '2026-11-23T02', 499)").run();
    const codes = ['TS-0000000', 'TS-000001Y', 'TS-000002W', 'TS-000003T'];
    for (const code of codes) {
      const page = await me.post('/don/', { code, digits: '0000' });
      expect([page.status, page.text.includes('Mã và số này không khớp')]).toEqual([422, true]);
    }
    expect(await count('tries')).toBe(2);
  });
});
