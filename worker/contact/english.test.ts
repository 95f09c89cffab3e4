import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { contactFields, type FieldChanges } from '../test/fixtures';
import { postForm, postJson, send } from '../test/requests';

const PATH = '/api/contact?lang=en';
const question = (changes: FieldChanges = {}) =>
  contactFields({
    ...{ kind: 'question', consent: 'yes', lang: 'en', name: 'Ann Lee' },
    ...{ message: 'Do you clean mattresses?' },
    ...changes,
  });

const languageOf = (page: string) => /<html lang="(\w+)"/.exec(page)?.[1];

/** The words of a page's main part. */
function mainOf(page: string): string {
  return page.slice(page.indexOf('<main'), page.indexOf('</main>'));
}

describe('a message in English', () => {
  test('leads to its page in English and keeps the words that were agreed to', async () => {
    const response = await postForm(PATH, question());
    expect(response.status).toBe(303);
    const page = await (await send(response.headers.get('Location') ?? '')).text();
    expect(languageOf(page)).toBe('en');
    expect(mainOf(page)).toContain('>Received<');
    expect(mainOf(page)).toContain('answer in English by email');
    expect(await env.DB.prepare('select lang from messages').first('lang')).toBe('en');
    expect(await env.DB.prepare('select wording from receipts').first('wording')).toBe(
      'contact-en-1',
    );
  });

  test.each([
    ['name', { name: '' }, 'Please write your name.'],
    ['phone', { phone: '' }, 'Please leave a phone number or an email address'],
    ['phone', { phone: '123' }, 'We cannot call this number.'],
    ['message', { message: 'x'.repeat(4001) }, 'Your message is too long: at most 4,000'],
    ['consent', { consent: undefined }, 'Please tick the box'],
  ])('says what is wrong at %s: %o', async (field, changes, words) => {
    const json = await postJson('/api/contact', question(changes));
    const problem: { title: string; errors: { field: string; message: string }[] } =
      await json.json();
    expect([json.status, problem.title]).toEqual([422, 'Something is missing']);
    expect(problem.errors[0]?.field).toBe(field);
    expect(problem.errors[0]?.message).toContain(words);
    // The form's address alone says its language too.
    const html = await postForm(PATH, question({ ...changes, lang: undefined }));
    const page = await html.text();
    expect(html.status).toBe(422);
    expect(page).toContain('<title>Error: ');
    expect(page).toContain(words);
    expect(page).toContain('name="lang" value="en"');
    if (field !== 'message') expect(page).toContain('Do you clean mattresses?');
  });

  test('asks before it takes another one from the same form', async () => {
    const { intent } = await (await send('/api/contact/intent')).json<{ intent: string }>();
    await postForm(PATH, question({ intent }));
    const response = await postForm(PATH, question({ intent, message: 'And curtains?' }));
    expect(response.status).toBe(409);
    expect(await response.text()).toContain('You have already sent a message from this page.');
  });

  test('answers problems in English before it is read', async () => {
    const headers = { 'Sec-Fetch-Site': 'cross-site', Accept: 'text/html' };
    const response = await send(PATH, { method: 'POST', headers, body: '' });
    const page = await response.text();
    expect(response.status).toBe(403);
    expect(languageOf(page)).toBe('en');
    expect(page).toContain('This was sent from another site');
  });

  test('refuses another language', async () => {
    const response = await postJson('/api/contact', question({ lang: 'fr' }));
    const problem: { errors: { field: string }[] } = await response.json();
    expect([response.status, problem.errors[0]?.field]).toEqual([422, 'lang']);
  });
});

describe('GET /en/', () => {
  test('opens the form with a live intent', async () => {
    const page = await (await send('/en/')).text();
    expect(languageOf(page)).toBe('en');
    expect(page).toMatch(/name="intent" value="[\w.-]+"/);
    expect((await send('/en')).headers.get('Location')).toBe('/en/');
  });

  test('is not there for a company without an English page, whose answers are Vietnamese pages', async () => {
    const { ASSETS } = env;
    const withoutEnglish: Pick<Fetcher, 'fetch'> = {
      fetch: async (...args) => {
        const request = new Request(...args);
        return new URL(request.url).pathname === '/en/'
          ? new Response(null, { status: 404 })
          : ASSETS.fetch(request);
      },
    };
    env.ASSETS = withoutEnglish as Fetcher;
    try {
      expect((await send('/en/')).status).toBe(404);
      const response = await postForm(PATH, question({ name: '' }));
      expect(response.status).toBe(422);
      expect(await response.text()).toContain('Please write your name.');
    } finally {
      env.ASSETS = ASSETS;
    }
  });
});
