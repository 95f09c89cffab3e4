import { appendFileSync } from 'node:fs';
import process from 'node:process';
import { expect, test as base, type APIRequestContext } from '@playwright/test';
import type { Answer } from '../../worker/dev/answers.ts';
import type { InboxEntry, RecordedDispatch, RecordedEmail } from '../../worker/dev/inbox.ts';
import { checkReceipts } from './receipts.ts';
import { watchPage, watchRequests } from './watch.ts';

/** What staff, customers and dispatch received since the test began. */
export class Inbox {
  readonly #request: APIRequestContext;

  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  async list(): Promise<InboxEntry[]> {
    return (await this.#request.get('/dev/inbox.json')).json() as Promise<InboxEntry[]>;
  }

  /** The newest e-mail whose subject or text holds `part`, waiting until it is there. */
  async email(part: string): Promise<RecordedEmail> {
    return this.#waitFor((e) => e.kind === 'email' && `${e.subject}\n${e.text}`.includes(part));
  }

  /** The newest dispatch request whose body holds `part`, waiting until it is there. */
  async dispatch(part: string): Promise<RecordedDispatch> {
    return this.#waitFor((e) => e.kind === 'dispatch' && e.body.includes(part));
  }

  /** Sets what the dispatch receiver or the e-mail bindings answer from now on. */
  async setAnswer(channel: 'dispatch' | 'email', answer: Partial<Answer>): Promise<void> {
    await this.#request.post(`/dev/${channel}/answer`, { data: answer });
  }

  async #waitFor<Entry extends InboxEntry>(
    matches: (entry: InboxEntry) => boolean,
  ): Promise<Entry> {
    await expect
      .poll(async () => (await this.list()).some(matches), { timeout: 30_000 })
      .toBe(true);
    return (await this.list()).find(matches) as Entry;
  }
}

/** The file that keeps what was seen for a check that reads it afterwards. */
const RECORD = process.env['TEST_RECORD'];

/** Line breaks are kept as such, and a calendar's folds joined. */
function record(file: string, text: string): void {
  appendFileSync(file, `${text.replaceAll('\\r\\n ', '').replaceAll(/(?:\\r)?\\n/g, '\n')}\n`);
}

/**
 * Playwright's test with empty stores and the inbox at hand. A console error, an uncaught exception or a personal value
 * that is not from people.ts fails it.
 */
export const test = base.extend<{ inbox: Inbox; emptyStores: undefined; strangers: string[] }>({
  strangers: async ({}, use) => {
    const strangers: string[] = [];
    await use(strangers);
    expect(strangers, 'Personal values that are not in people.ts').toEqual([]);
  },
  request: async ({ request, strangers }, use) => {
    watchRequests(request, strangers);
    await use(request);
  },
  emptyStores: [
    async ({ request }, use) => {
      await request.post('/dev/reset');
      await use(undefined);
      await checkReceipts(request);
      if (RECORD) record(RECORD, await (await request.get('/dev/inbox.json')).text());
    },
    { auto: true },
  ],
  inbox: async ({ request }, use) => use(new Inbox(request)),
  page: async ({ page, strangers }, use) => {
    watchPage(page, strangers);
    const troubles: string[] = [];
    page.on('pageerror', ({ message }) => {
      // A test that resizes the window ends Chromium's crossing from page to page.
      if (!message.startsWith('Transition was aborted')) troubles.push(message);
    });
    page.on('console', (message) => {
      // Chromium reports every 4xx page as a console error; those are asserted by status instead.
      const isStatus = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isStatus) troubles.push(message.text());
    });
    page.on('response', (response) => {
      if (RECORD && response.request().resourceType() === 'document')
        response.text().then(
          (text) => record(RECORD, text),
          () => null,
        );
    });
    await use(page);
    expect(troubles).toEqual([]);
  },
});

export { expect };
