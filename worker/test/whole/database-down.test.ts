import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { customerPath } from '../../signing/links.ts';
import { takeConsoleErrors } from '../console-errors.ts';
import { readLinkKeys } from '../../signing/tokens.ts';
import { bookingFields } from '../fixtures.ts';
import { postForm, postJson, send } from '../requests.ts';
import { submitBooking } from '../records.ts';

const NOT_STORED = 'Yêu cầu chưa được lưu';

function takeDatabaseDown(): void {
  vi.spyOn(env.DB, 'prepare').mockImplementation(() => {
    throw new Error('D1_ERROR: Network connection lost.');
  });
}

async function expectAway(response: Response, errors = 1): Promise<string> {
  expect(response.status).toBe(503);
  expect(response.headers.get('Retry-After')).toBe('60');
  const text = await response.text();
  expect(text).toContain('0859 363 789');
  expect(takeConsoleErrors()).toHaveLength(errors);
  return text;
}

describe('without the database', () => {
  test('the page of a request says that it cannot be opened now, not that it was not stored', async () => {
    const record = await submitBooking();
    const path = await customerPath(readLinkKeys(env.LINK_KEYS), record);
    takeDatabaseDown();
    const page = await expectAway(await send(path, { headers: { Accept: 'text/html' } }), 0);
    expect(page).not.toContain(NOT_STORED);
  });

  test('the search for a request keeps the code', async () => {
    const { code } = await submitBooking();
    takeDatabaseDown();
    const page = await expectAway(await postForm('/don/', { code, digits: '5678' }), 0);
    expect(page).toContain(`value="${code}"`);
    expect(page).not.toContain(NOT_STORED);
  });

  test('staff asking for a link and a program asking for windows hear the same', async () => {
    takeDatabaseDown();
    const link = await postForm('/viec/', { send: 'yes' });
    expect(await expectAway(link, 0)).not.toContain(NOT_STORED);
    const windows = await send('/api/availability?service=ve-sinh-nha-o', {
      headers: { Accept: 'application/json' },
    });
    expect(windows.headers.get('Content-Type')).toContain('application/problem+json');
    expect(await expectAway(windows)).not.toContain(NOT_STORED);
  });

  test('what sends a request says that it was not stored', async () => {
    takeDatabaseDown();
    // The page with the form asks for its windows too.
    const form = await expectAway(await postForm('/api/bookings', bookingFields()), 2);
    expect(form).toContain(NOT_STORED);
    expect(await expectAway(await postJson('/api/bookings', bookingFields()))).toContain(
      NOT_STORED,
    );
  });
});
