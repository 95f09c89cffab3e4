import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { hotline } from '../../shared/content/catalogue.ts';
import { staffPath } from '../signing/staff-links.ts';
import { customerPath } from '../signing/links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { formOf, type Page, type PageForm, Visitor } from '../test/browser.ts';
import { takeConsoleErrors } from '../test/console-errors.ts';
import { NOW } from '../test/fixtures.ts';
import { submitBooking } from '../test/records.ts';
import { ORIGIN, send } from '../test/requests.ts';
import { staffSigning } from '../test/staff.ts';

const BACK = 'Bấm nút quay lại của trình duyệt';

/** The form of the error page that holds what was sent. */
function sentAgain(page: Page): PageForm {
  expect(page.words).toContain('vẫn còn ở trang này');
  expect(page.words).toContain(hotline);
  expect(page.words).not.toContain(BACK);
  const form = page.forms.find(({ action }) => action.startsWith(ORIGIN));
  if (form === undefined) throw new Error('Nothing is given back');
  return form;
}

const keyStoreDown = () =>
  vi.spyOn(env.VAULT, 'get').mockRejectedValue(new Error('KV GET failed: 500 Internal'));
const databaseDown = () =>
  vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1_ERROR: Network connection lost.'));

/** A customer's page with its details shown, and the job's page with them open. */
async function arrange() {
  const booking = await submitBooking();
  const customer = new Visitor(NOW);
  const record = await customer.openAll(await customerPath(readLinkKeys(env.LINK_KEYS), booking));
  const staff = new Visitor(NOW);
  const path = await staffPath(staffSigning(), booking);
  const job = await staff.follow(formOf(await staff.open(path), 'open'), { sure: 'yes' });
  return {
    'a correction of the customer': { who: customer, form: formOf(record, 'correct') },
    'a correction of staff': { who: staff, form: formOf(job, 'correct') },
    'a price': { who: staff, form: formOf(job, 'confirmPrice') },
  };
}

const typed = {
  'a correction of the customer': { quantity: '75', sure: 'yes' },
  'a correction of staff': { name: 'Nguyễn "Hoa" <b>', note: 'Cổng sau\nGọi trước' },
  'a price': { amount: '1,2 triệu', covers: 'Cả nhà\nKhông giặt rèm' },
} as const;

describe('what could not be stored is given back, to be sent by one press', () => {
  test.each(Object.entries(typed))('%s', async (name, values) => {
    const { who, form } = (await arrange())[name as keyof typeof typed];
    for (const takeDown of [keyStoreDown, databaseDown]) {
      const down = takeDown();
      const away = await who.submit(form, values);
      down.mockRestore();
      takeConsoleErrors();
      expect(away.status).toBe(503);
      const again = sentAgain(away);
      expect(again.values).toEqual({ ...form.values, ...values });
      if (takeDown === databaseDown) expect((await who.submit(again)).status).toBe(303);
    }
  });
});

describe('a post beyond the limit of a minute', () => {
  const post = async (fields: [string, string][]) => {
    const body = new URLSearchParams(fields);
    const init = { method: 'POST', headers: { Accept: 'text/html', Origin: ORIGIN }, body };
    const answer = await send('/api/contact', init, { env: { ...env, FLOOD_LIMIT: '0' } });
    expect(answer.status).toBe(429);
    return answer.text();
  };

  test('is given back whole', async () => {
    const message = 'Ghế còn vết bẩn';
    const page = await post([['message', message]]);
    expect(page).toContain(`<input type="hidden" name="message" value="${message}"`);
    expect(page).not.toContain(BACK);
  });

  test('is a press once more where a form has a button alone', async () => {
    const page = await post([]);
    expect(page).toContain('Gửi lại');
    expect(page).not.toContain(BACK);
  });

  test('of more fields than any form has leads back to the page before', async () => {
    const page = await post(Array.from({ length: 201 }, () => ['a', 'b']));
    expect(page).toContain(BACK);
    expect(page).not.toContain('name="a"');
  });
});
