import { env } from 'cloudflare:workers';
import { describe, expect, test, vi } from 'vitest';
import { later } from '../../shared/time.ts';
import { takeConsoleErrors } from '../test/console-errors.ts';
import { type Page, type PageForm, Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';

/** Every field that a person types into or chooses in, filled in; the ward was typed and none of the list chosen. */
const forms = {
  booking: {
    page: '/dat-lich/',
    action: '/api/bookings',
    changed: { address: '14 Lê Lợi' },
    wrong: { ward: '', phone: '12' },
    typed: {
      service: 'giat-ghe-sofa',
      'quantity.giat-ghe-sofa': '2,5',
      'giat-ghe-sofa.seats': '6',
      ward: '16690',
      wardName: 'ben thuy',
      address: '12 Lê Lợi',
      name: 'Nguyễn "Hoa" <b>',
      phone: '0912 345 678',
      note: 'Cổng sau\nGọi trước',
      consent: 'yes',
    },
    // Shown among the live windows, or as a date and a window where they cannot be read.
    start: { slot: '2026-11-26/chieu' },
  },
  contact: {
    page: '/lien-he/',
    action: '/api/contact',
    changed: { message: 'Việc khác' },
    wrong: { phone: '12' },
    typed: {
      kind: 'quote',
      name: 'Nguyễn "Hoa" <b>',
      phone: '0912 345 678',
      email: 'hoa@example.org',
      code: 'TS-0000000',
      message: 'Ghế còn vết bẩn\nNhờ xem lại',
      consent: 'yes',
    },
    start: {},
  },
} as const;

type Form = (typeof forms)[keyof typeof forms];

function formIn(page: Page, { action }: Form): PageForm {
  const found = page.forms.find((form) => form.action === action);
  if (found === undefined) throw new Error(`No form ${action}`);
  return found;
}

/** A form opened a minute ago. */
async function arrange(form: Form) {
  const me = new Visitor(NOW);
  const opened = formIn(await me.open(form.page), form);
  me.now = later(NOW, { minutes: 1 });
  return { me, opened, filled: { ...form.typed, ...form.start } };
}

function expectKept(page: Page, form: Form, { slot, ...sent }: Readonly<Record<string, string>>) {
  const { values } = formIn(page, form);
  const typed = Object.entries(sent).filter(([, value]) => value !== '');
  expect(values).toMatchObject(Object.fromEntries(typed));
  if (slot === undefined) return;
  const isChosen = new RegExp(`<input[^>]*name="slot"[^>]*value="${slot}"[^>]* checked`);
  if (page.status === 503) {
    expect(`${values['date']}/${values['window']}`).toBe(slot);
  } else expect(page.text).toMatch(isChosen);
}

describe.each(Object.entries(forms))('nothing typed into the %s form is lost', (_, form) => {
  test('where a field is wrong', async () => {
    const { me, opened, filled } = await arrange(form);
    const sent = { ...filled, ...form.wrong };
    const page = await me.submit(opened, sent);
    expect(page.status).toBe(422);
    expectKept(page, form, sent);
  });

  test('where the form was sent before with other content', async () => {
    const { me, opened, filled } = await arrange(form);
    expect((await me.submit(opened, filled)).status).toBe(303);
    const sent = { ...filled, ...form.changed };
    const page = await me.submit(opened, sent);
    expect(page.status).toBe(409);
    expectKept(page, form, sent);
  });

  test('where the form was opened more than a day ago', async () => {
    const { me, opened, filled } = await arrange(form);
    me.now = later(NOW, { hours: 25 });
    const page = await me.submit(opened, filled);
    expect(page.status).toBe(200);
    expectKept(page, form, filled);
  });

  test('where the database is down', async () => {
    const { me, opened, filled } = await arrange(form);
    vi.spyOn(env.DB, 'batch').mockRejectedValue(new Error('D1_ERROR: Network connection lost.'));
    const page = await me.submit(opened, filled);
    expect(page.status).toBe(503);
    expectKept(page, form, filled);
    takeConsoleErrors();
  });
});
