import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { issueIntent, readIntent } from '../signing/links.ts';
import { takeConsoleErrors } from '../test/console-errors.ts';
import { later } from '../../shared/time.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { bookingFields, NOW } from '../test/fixtures.ts';
import { countRows } from '../test/records.ts';
import { postForm, send } from '../test/requests.ts';

const signing = { keys: readLinkKeys(env.LINK_KEYS), now: NOW };
const TWO_WINDOWS = 've-sinh-sau-xay-dung';

/** What the booking form sends when one of the buttons at its windows is pressed. */
function pressed(changes: Readonly<Record<string, string | undefined>> = {}) {
  const start = { date: undefined, window: undefined, slot: '', website: '', from: '2026-11-30' };
  return bookingFields({ ...start, ...changes });
}

async function turnTo(changes: Readonly<Record<string, string | undefined>> = {}) {
  const response = await postForm('/dat-lich/', pressed(changes));
  return { response, page: await response.text() };
}

function slotsOf(page: string): { value: string; checked: boolean; disabled: boolean }[] {
  const radios = page.match(/<input[^>]*type="radio"[^>]*name="slot"[^>]*>/g) ?? [];
  return radios.map((radio) => ({
    value: /value="([^"]*)"/.exec(radio)?.[1] ?? '',
    checked: /\schecked/.test(radio),
    disabled: /\sdisabled/.test(radio),
  }));
}

const tagOf = (page: string, start: string) =>
  new RegExp(`<input[^>]*${start}[^>]*>`).exec(page)?.[0] ?? '';

describe('POST /dat-lich/', () => {
  test('shows the form again with everything typed and no error, and stores nothing', async () => {
    const { response, page } = await turnTo({ name: 'Lan "Bảy" <b>' });
    expect(response.status).toBe(200);
    expect(response.headers.get('Cache-Control')).toBe('private, no-store');
    expect(tagOf(page, 'id="quantity-giat-ghe-sofa"')).toContain('value="2"');
    for (const name of ['address', 'phone', 'email'] as const) {
      expect(tagOf(page, `id="${name}"`)).toContain(`value="${bookingFields()[name]}"`);
    }
    expect(tagOf(page, 'id="name"')).toContain('value="Lan &quot;Bảy&quot; &lt;b>');
    expect(page).toContain('>Cổng sau</textarea>');
    expect(page).toMatch(/<option value="16690" selected/);
    expect(tagOf(page, 'value="giat-ghe-sofa"')).toContain(' checked');
    expect(tagOf(page, 'id="consent"')).toContain(' checked');
    expect(tagOf(page, 'id="website"')).not.toContain('value=');
    expect(page).not.toContain('aria-invalid="true"');
    expect(page).not.toContain('class="summary');
    expect(page).not.toContain('<title>Lỗi');
    expect(await countRows()).toMatchObject({ bookings: 0, receipts: 0, events: 0 });
  });

  test('leaves the box of consent as it was where nobody ticked it', async () => {
    const { page } = await turnTo({ consent: undefined });
    expect(tagOf(page, 'id="consent"')).not.toContain(' checked');
  });

  test('keeps the time when the form was first shown', async () => {
    const firstAt = later(NOW, { minutes: -5 });
    const { page } = await turnTo({ intent: await issueIntent(signing, 'booking', firstAt) });
    const given = /name="intent" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await readIntent(signing, 'booking', given))?.firstAt).toEqual(firstAt);
  });

  test('shows the windows of the chosen service from the day of the button on', async () => {
    const { page } = await turnTo({ service: TWO_WINDOWS });
    const shown = slotsOf(page).map(({ value }) => value);
    expect(shown.filter((slot) => slot.startsWith('2026-11-30'))).toEqual([
      '2026-11-30/sang-som',
      '2026-11-30/sang',
      '2026-11-30/chieu',
      '2026-11-30/chieu-muon',
    ]);
    expect(tagOf(page, 'value="2026-11-30/chieu-muon"')).toContain(' disabled');
    expect(page).toContain('không đủ giờ cho dịch vụ này');
    expect(shown.every((slot) => slot >= '2026-11-30')).toBe(true);
    expect(page).toContain('data-service="ve-sinh-sau-xay-dung"');
    expect(
      tagOf(page.replaceAll('<button', '<input'), 'name="from"[^>]*value="2026-12-08"'),
    ).toContain('formaction="/dat-lich/#window"');
  });

  test('keeps a chosen start of another day above the days shown', async () => {
    const { page } = await turnTo({ slot: '2026-11-25/chieu' });
    expect(page).toContain('Giờ đã chọn: Thứ Tư, 25/11');
    expect(slotsOf(page)[0]).toMatchObject({ value: '2026-11-25/chieu', checked: true });
    expect(slotsOf(page).filter(({ checked }) => checked)).toHaveLength(1);
  });

  test.each([
    [
      'that the chosen service cannot take',
      { service: TWO_WINDOWS, slot: '2026-11-25/chieu-muon' },
    ],
    ['that is no start', { slot: '2026-11-25/khuya' }],
    ['that is past', { slot: '2026-11-22/sang' }],
  ])('drops a start %s', async (_kind, changes) => {
    const { page } = await turnTo(changes);
    expect(page).not.toContain('Giờ đã chọn');
    expect(slotsOf(page).filter(({ checked }) => checked)).toEqual([]);
  });

  test('keeps the start as plain day and window where the database is down', async () => {
    vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1_ERROR: Network connection lost.'));
    const { response, page } = await turnTo({ slot: '2026-11-25/chieu' });
    expect(response.status).toBe(200);
    expect(tagOf(page, 'id="date"')).toContain('value="2026-11-25"');
    expect(tagOf(page, 'name="window"[^>]* checked')).toContain('value="chieu"');
    expect(takeConsoleErrors()).toHaveLength(1);
  });

  test('refuses what no form sends', async () => {
    const answer = await send('/dat-lich/', { method: 'POST', body: 'x' });
    expect(answer.status).toBe(415);
    expect((await postForm('/dat-lich/', pressed({ from: undefined }))).status).toBe(404);
    const foreign = { headers: { Origin: 'https://evil.test' } };
    expect((await postForm('/dat-lich/', pressed(), foreign)).status).toBe(403);
  });
});

describe('GET /dat-lich/', () => {
  test('offers no start that one of the services cannot take while none is chosen', async () => {
    const free = async (path: string) => {
      const shown = slotsOf(await (await send(path)).text()).filter(({ disabled }) => !disabled);
      return shown.filter(({ value }) => value.endsWith('/chieu-muon')).length;
    };
    expect(await free('/dat-lich/')).toBe(0);
    expect(await free('/dat-lich/?service=ve-sinh-nha-o')).toBe(12);
  });

  test('leads in one press to every part of the calendar but the one shown', async () => {
    const startsOf = async (path: string) => {
      const page = await (await send(path)).text();
      const buttons = page.matchAll(/<button[^>]*name="from"[^>]*value="([^"]+)"/g);
      return Array.from(buttons, ([, from]) => from).slice(0, -1);
    };
    expect(await startsOf('/dat-lich/')).toEqual(['2026-12-08', '2026-12-22', '2027-01-05']);
    const [first, ...rest] = await startsOf('/dat-lich/?from=2026-11-30');
    expect([first, rest.length]).toEqual(['2026-11-24', 3]);
  });

  test('says before when staff call whoever sends the form now', async () => {
    const page = await (await send('/dat-lich/')).text();
    expect(page).toContain('11:00, thứ Hai 23/11');
  });

  test('sends the form on Enter, and does not show other days', async () => {
    const page = await (await send('/dat-lich/')).text();
    const form = page.slice(page.indexOf('action="/api/bookings"'));
    expect(/<button[^>]*>/.exec(form)?.[0]).not.toContain('name="from"');
  });
});
