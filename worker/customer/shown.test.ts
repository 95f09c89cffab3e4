import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../shared/time.ts';
import { customerPath } from '../signing/links.ts';
import { formOf, Visitor } from '../test/browser.ts';
import { readDatabase, submitBooking, submitMessage } from '../test/records.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { bookingFields, contactFields, NOW } from '../test/fixtures.ts';

const keys = readLinkKeys(env.LINK_KEYS);
/** What every form of the page sends beside its field. */
const FORM = ['act', 'token', 'sure'];
const PERSONAL = /Nguyễn Thị Hoa|12 Lê Lợi|0912 ?345|hoa@example|Cổng sau|Sofa còn vết bẩn/;

describe('the own link', () => {
  test.each([
    ['a booking', submitBooking, ['Nguyễn Thị Hoa', '0912 345 678', '12 Lê Lợi', 'Cổng sau']],
    ['a message', submitMessage, ['Nguyễn Thị Hoa', '0912 345 678', 'Sofa còn vết bẩn']],
  ])('of %s shows no details to whoever only opens it', async (_, submit, details) => {
    const record = await submit();
    const own = await customerPath(keys, record);
    const before = await readDatabase();
    for (const path of [own, own.replace('/?', '/du-lieu/?')]) {
      const me = new Visitor(NOW);
      const page = await me.open(path);
      expect(page.status).toBe(200);
      expect(page.text).not.toMatch(PERSONAL);
      const answer = await me.submit(formOf(page, 'open'));
      expect(answer.status).toBe(303);
      expect(answer.headers.get('Location')).toBe(path);
      const cookie = answer.headers.get('Set-Cookie') ?? '';
      const parts = [`Path=/don/${record.code}/;`, 'HttpOnly', 'SameSite=Strict', 'Secure'];
      for (const part of [...parts, 'Max-Age=1800']) expect(`${cookie};`).toContain(part);
      const shown = await me.open(path);
      for (const words of details) expect(shown.words).toContain(words);
      expect(shown.forms.some(({ values }) => values['act'] === 'open')).toBe(false);
      me.now = later(NOW, { minutes: 31 });
      expect((await me.open(path)).text).not.toMatch(PERSONAL);
      expect((await new Visitor(NOW).open(path)).text).not.toMatch(PERSONAL);
    }
    expect(await readDatabase()).toBe(before);
  });

  test('shows no details by the press of another record', async () => {
    const me = new Visitor(NOW);
    const one = await customerPath(keys, await submitBooking());
    const other = await submitBooking({ name: 'Trần Văn Nam', phone: '0987 654 321' });
    const pressed = await me.submit(formOf(await me.open(one), 'open'));
    const [pair = ''] = (pressed.headers.get('Set-Cookie') ?? '').split(';');
    const page = await new Visitor(NOW, pair).open(await customerPath(keys, other));
    expect(page.text).not.toContain('Trần Văn Nam');
  });

  test.each([
    ['/api/bookings', bookingFields()],
    ['/api/contact', contactFields()],
  ])('shows all that was sent right after %s', async (path, fields) => {
    const me = new Visitor(NOW);
    const answer = await me.post(path, fields);
    const own = answer.headers.get('Location') ?? '';
    expect((await me.open(own)).words).toContain('Nguyễn Thị Hoa');
    expect((await new Visitor(NOW).open(own)).text).not.toMatch(PERSONAL);
  });

  test('lets each detail of a booking to come be put right in its row', async () => {
    const record = await submitBooking();
    const me = new Visitor(NOW);
    const path = await customerPath(keys, record);
    expect((await me.open(path)).forms.map(({ values }) => values['act'])).not.toContain('correct');
    const page = await me.openAll(path);
    const fields = page.forms
      .filter(({ values }) => values['act'] === 'correct')
      .map(({ values }) => Object.keys(values).filter((name) => !FORM.includes(name)));
    expect(fields).toEqual([['quantity'], ['name'], ['phone'], ['address'], ['email'], ['note']]);
    expect(page.text).toMatch(/<textarea[^>]*name="note"[^>]*>Cổng sau</);
    const open = await me.open(`${path}&doi=phone`);
    expect(open.text.match(/<dd class="edit[^>]*><details[^>]* open/g)).toHaveLength(1);
    await env.DB.prepare("update bookings set state = 'completed'").run();
    const over = await me.open(path);
    expect(over.words).toContain('12 Lê Lợi');
    expect(over.forms.map(({ values }) => values['act'])).not.toContain('correct');
  });
});
