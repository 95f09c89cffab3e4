import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { customerPath } from '../signing/links.ts';
import { Visitor } from '../test/browser.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { readDatabase, submitBooking, submitMessage } from '../test/records.ts';
import { NOW } from '../test/fixtures.ts';

const keys = readLinkKeys(env.LINK_KEYS);
const me = new Visitor(NOW);

describe('POST /don/', () => {
  test.each([
    ['a booking', submitBooking],
    ['a message', submitMessage],
  ])('leads from code and digits to the page of %s', async (_, submit) => {
    const record = await submit();
    const typed = record.code.replace('-', ' ').toLowerCase();
    const answer = await me.post('/don/', { code: typed, digits: '5678' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('Location')).toBe(await customerPath(keys, record));
    expect(answer.headers.get('Cache-Control')).toBe('private, no-store');
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
