import { expect, test as base, type APIRequestContext } from '@playwright/test';
import type { Answer } from '../../worker/dev/answers.ts';
import type { InboxEntry, RecordedDispatch, RecordedEmail } from '../../worker/dev/inbox.ts';

/** What staff, customers and dispatch received; emptied before each test that asks for it. */
class Inbox {
  readonly #request: APIRequestContext;

  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  async list(): Promise<InboxEntry[]> {
    return (await this.#request.get('/dev/inbox.json')).json() as Promise<InboxEntry[]>;
  }

  async empty(): Promise<void> {
    await this.#request.delete('/dev/inbox.json');
  }

  /** The newest e-mail whose subject or text holds `part`, waiting until it is there. */
  async email(part: string): Promise<RecordedEmail> {
    return this.#waitFor((e) => e.kind === 'email' && `${e.subject}\n${e.text}`.includes(part));
  }

  /** The newest dispatch request whose body holds `part`, waiting until it is there. */
  async dispatch(part: string): Promise<RecordedDispatch> {
    return this.#waitFor((e) => e.kind === 'dispatch' && e.body.includes(part));
  }

  /** Tells the dispatch receiver or the e-mail bindings what to answer from now on. */
  async tell(channel: 'dispatch' | 'email', answer: Partial<Answer>): Promise<void> {
    await this.#request.post(`/dev/${channel}/answer`, { data: answer });
  }

  async #waitFor<Entry extends InboxEntry>(
    matches: (entry: InboxEntry) => boolean,
  ): Promise<Entry> {
    await expect
      .poll(async () => (await this.list()).some(matches), { timeout: 15_000 })
      .toBe(true);
    return (await this.list()).find(matches) as Entry;
  }
}

/** Playwright's test with the inbox at hand; a console error or an uncaught exception fails it. */
export const test = base.extend<{ inbox: Inbox }>({
  inbox: async ({ request }, use) => {
    const inbox = new Inbox(request);
    await inbox.empty();
    await use(inbox);
  },
  page: async ({ page }, use) => {
    const troubles: string[] = [];
    page.on('pageerror', (error) => troubles.push(error.message));
    page.on('console', (message) => {
      // Chromium reports every 4xx page as a console error; those are asserted by status instead.
      const isStatus = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !isStatus) troubles.push(message.text());
    });
    await use(page);
    expect(troubles).toEqual([]);
  },
});

export { expect };
