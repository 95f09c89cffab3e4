import type { Page } from '@playwright/test';
import { fetchIntents } from './intents.ts';
import { service, ward } from './facts.ts';
import { expect, test } from './test.ts';
import { readStoredRows } from './stored-rows.ts';
import { Life } from './life.ts';
import { someone } from './people.ts';

const { name: NAME, address: ADDRESS, message: MESSAGE, note: NOTE, phone: PHONE } = someone(8);
const PERSONAL = new RegExp([NAME, ADDRESS, MESSAGE, NOTE].join('|'), 'i');

interface Submitted {
  method: string;
  action: string;
  enctype: string;
  fields: Record<string, string>;
}

/** What a mail scanner does on a page: opens what is folded, presses every button, submits every form whatever it lacks. */
async function scan(page: Page, path: string): Promise<{ forms: number; html: string[] }> {
  await page.goto(path);
  const html = [await page.content()];
  const { forms, submitted } = await page.evaluate(() => {
    const all = [...document.forms];
    const taken: Submitted[] = [];
    const take = (form: HTMLFormElement, presser: HTMLElement | null) => {
      const typed = [...new FormData(form, presser)].filter(
        ([, value]) => typeof value === 'string',
      );
      const { method, enctype } = form;
      const action = presser?.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
      const fields = Object.fromEntries(typed) as Record<string, string>;
      taken.push({ method, action: new URL(action, location.href).href, enctype, fields });
    };
    // Sent beside the page, so that the next button is still there.
    document.addEventListener('submit', (event) => {
      event.preventDefault();
      take(event.target as HTMLFormElement, event.submitter);
    });
    document.querySelectorAll('details').forEach((fold) => (fold.open = true));
    document.querySelectorAll('button').forEach((button) => button.click());
    all.forEach((form) => take(form, null));
    return { forms: all.length, submitted: taken };
  });
  for (const one of submitted) html.push(await submit(page, one));
  return { forms, html };
}

/** Sends a form as its page would, with the page's cookies, and returns the answer. */
async function submit(page: Page, { method, action, enctype, fields }: Submitted): Promise<string> {
  const headers = { Origin: new URL(action).origin, 'Sec-Fetch-Site': 'same-origin' };
  const body = enctype === 'multipart/form-data' ? { multipart: fields } : { form: fields };
  const answer = await (method === 'get'
    ? page.request.get(action, { params: fields })
    : page.request.post(action, { headers, ...body }));
  return answer.text();
}

function isFinished(delivery: unknown): boolean {
  return (delivery as { settled_at: string | null }).settled_at !== null;
}

test('a scanner that presses every button and submits every form changes nothing and learns nothing', async ({
  page,
  inbox,
  request,
}) => {
  test.setTimeout(240_000);
  const life = new Life(page, inbox);
  const start = await life.lastStart(service.id);
  const person = { name: NAME, address: ADDRESS, phone: PHONE, consent: 'yes' };
  const order = { service: service.id, ward: ward.code, ...start, ...person };
  const send = async (path: string, data: Record<string, unknown>) => {
    const answer = await request.post(path, { headers: { Accept: 'application/json' }, data });
    expect(answer.status()).toBe(201);
    return (await answer.json()) as { code: string; statusUrl: string };
  };
  const [intent] = await fetchIntents(request, ['booking']);
  const booking = await send('/api/bookings', { ...order, intent, seatsLeft: undefined });
  const held = await send('/api/bookings', {
    ...order,
    note: NOTE,
    website: 'http://spam.example',
  });
  const message = await send('/api/contact', { kind: 'complaint', ...person, message: MESSAGE });
  await request.post('/viec/', { form: { send: 'yes' } });
  await life.runCron();
  await life.runCron();
  const week = /\/viec\/lich\/[\w.-]+\//.exec(
    (await inbox.email('Đường dẫn mới đến lịch tuần')).text,
  )?.[0];
  const staffLinks = [
    await life.staffLink(booking.code),
    await life.staffLink(held.code),
    await life.staffLink(message.code),
  ];
  const pages = [
    ...staffLinks,
    `${week}?from=${start.date}`,
    `${week}them/?from=${start.date}`,
    `/don/${booking.code}/`,
    '/viec/',
  ];
  // One press shows its holder what is held of them, so that only opening them must show nothing.
  const own = [
    booking.statusUrl,
    message.statusUrl,
    booking.statusUrl.replace('/?', '/du-lieu/?'),
    message.statusUrl.replace('/?', '/du-lieu/?'),
  ];

  // What still goes out would be a change of its own.
  const open = () => readStoredRows()['deliveries']?.filter((row) => !isFinished(row));
  await expect.poll(open).toEqual([]);
  const before = readStoredRows();
  expect(Object.keys(before)).toContain('bookings');
  const shown: string[] = [];
  let forms = 0;
  for (const path of [...pages, ...own]) {
    await page.context().clearCookies();
    const scanned = await scan(page, path);
    forms += scanned.forms;
    const looked = own.includes(path) ? scanned.html.slice(0, 1) : scanned.html;
    if (looked.some((html) => PERSONAL.test(html))) shown.push(path);
  }
  expect(forms).toBeGreaterThan(20);
  expect(shown).toEqual([]);
  expect(readStoredRows()).toEqual(before);

  await page.context().clearCookies();
  await page.goto(own[0] ?? '');
  await expect(page.getByRole('main')).not.toContainText(NAME);
  await page.getByRole('button', { name: 'Xem đầy đủ' }).click();
  await expect(page.getByRole('main')).toContainText(NAME);
  expect(readStoredRows()).toEqual(before);

  await page.goto(staffLinks[0] ?? '');
  await life.act('Tôi cần gọi hoặc đến chỗ khách', 'Xem thông tin liên hệ của khách');
  await expect(page.getByRole('main')).toContainText(NAME);
  const { disclosures = [] } = readStoredRows();
  expect(disclosures.length).toBe((before['disclosures'] ?? []).length + 1);
});
