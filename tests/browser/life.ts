import { expect, type APIRequestContext, type Page } from '@playwright/test';
import ICAL from 'ical.js';
import { toVietnamDate } from '../../shared/time.ts';
import { chooseStart, chooseWard, CODE, service, STATUS_PAGE } from './facts.ts';
import type { Inbox } from './test.ts';
import type { Someone } from './people.ts';

/** A calendar file as another implementation reads it. */
export interface ReadCalendar {
  uid: string;
  method: string;
  sequence: number;
  status: string;
  startsAt: Date;
}

/** Reads an `.ics` text with a parser that did not write it. */
export function readCalendar(text: string): ReadCalendar {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  const component = calendar.getFirstSubcomponent('vevent');
  const event = new ICAL.Event(component ?? undefined);
  return {
    uid: event.uid,
    method: String(calendar.getFirstPropertyValue('method')),
    sequence: event.sequence,
    status: String(component?.getFirstPropertyValue('status')),
    startsAt: event.startDate.toJSDate(),
  };
}

/** One request from its first day to its last: the pages of both sides, what was sent, and the time. */
export class Life {
  readonly #request: APIRequestContext;
  #ahead = 0;

  constructor(
    readonly page: Page,
    readonly inbox: Inbox,
  ) {
    this.#request = page.request;
  }

  /** Sets the server's time ahead by more minutes. */
  async pass(minutes: number): Promise<void> {
    this.#ahead += minutes;
    await this.#request.post('/dev/clock', { data: { aheadMinutes: this.#ahead } });
  }

  /** Runs cron once at the server's time; deliveries that are due are sent. */
  async runCron(): Promise<void> {
    const query = new URLSearchParams({ cron: '* * * * *', time: String(Date.now()) });
    const answer = await this.#request.get(`/cdn-cgi/local/scheduled?${query.toString()}`);
    expect(answer.ok()).toBe(true);
  }

  /** The start that lies furthest ahead with a seat, and how many seats it has. */
  async lastStart(
    ...service: string[]
  ): Promise<{ date: string; window: string; seatsLeft: number }> {
    const starts = await this.#starts(service);
    const last = starts.findLast(({ seatsLeft }) => seatsLeft > 0);
    if (last === undefined) throw new Error(`No seat is left for ${service.join(', ')}`);
    return last;
  }

  /** The first day with a start, so many days ahead or more. */
  async workingDay(days: number): Promise<string> {
    const from = new Date(Date.now() + (this.#ahead + days * 24 * 60) * 60_000);
    const starts = await this.#starts([service.id]);
    const found = starts.find(
      ({ date, seatsLeft }) => date >= toVietnamDate(from) && seatsLeft > 0,
    );
    if (found === undefined) throw new Error('No day has a seat');
    return found.date;
  }

  /** The first window of a day that has a seat. */
  async firstWindow(service: string, date: string): Promise<string> {
    const starts = await this.#starts([service]);
    const found = starts.find((start) => start.date === date && start.seatsLeft > 0);
    if (found === undefined) throw new Error(`No seat is left on ${date}`);
    return found.window;
  }

  /** Seats left at a start. */
  async seatsAt(service: string, start: { date: string; window: string }): Promise<number> {
    const starts = await this.#starts([service]);
    const found = starts.find(({ date, window }) => date === start.date && window === start.window);
    return found?.seatsLeft ?? -1;
  }

  async #starts(services: readonly string[]) {
    const asked = new URLSearchParams([...services.map((id) => ['service', id]), ['days', '60']]);
    const answer = await this.#request.get(`/api/availability?${asked.toString()}`);
    const { days } = (await answer.json()) as {
      days: { date: string; windows: { id: string; seatsLeft: number }[] }[];
    };
    return days.flatMap(({ date, windows }) =>
      windows.map(({ id, seatsLeft }) => ({ date, window: id, seatsLeft })),
    );
  }

  /** Fills the booking form for a start and sends it; the code and the customer's page come back. */
  async book(
    person: Someone,
    start: { date: string; window: string },
    {
      swiftly = false,
      serviceId = service.id,
      repeat,
    }: { swiftly?: boolean; serviceId?: string | undefined; repeat?: string } = {},
  ): Promise<{ code: string; statusUrl: string }> {
    const { page } = this;
    if (swiftly) await this.pass(1);
    await page.goto(`/dat-lich/?service=${serviceId}&from=${start.date}`);
    if (repeat !== undefined)
      await page.getByLabel('Bao lâu một lần').selectOption({ label: repeat });
    await chooseStart(page, `${start.date}/${start.window}`);
    await chooseWard(page);
    await page.getByRole('textbox', { name: /Số nhà/ }).fill(person.address);
    await page.getByRole('textbox', { name: 'Họ và tên' }).fill(person.name);
    await page.getByRole('textbox', { name: 'Số điện thoại' }).fill(person.phone);
    await page.getByRole('checkbox', { name: /Tôi đồng ý/ }).check();
    // What comes in under two seconds is put aside for a person to look at; however slow the machine is, time decides it.
    await this.pass(swiftly ? -1 : 1);
    await page.getByRole('button', { name: 'Gửi yêu cầu' }).click();
    await expect(page).toHaveURL(STATUS_PAGE);
    const code = CODE.exec(page.url())?.[0] ?? '';
    return { code, statusUrl: page.url() };
  }

  /** The address of a job's staff page, from the newest mail about it. */
  async staffLink(code: string): Promise<string> {
    const mail = await this.inbox.email(code);
    const link = new RegExp(`/viec/${code}\\.[\\w-]+/`).exec(mail.text)?.[0];
    if (link === undefined) throw new Error(`No staff link of ${code} in the mail`);
    return link;
  }

  /** Chooses a radio or a box and presses the button of the form it stands in, unfolding the form first where it is folded. */
  async act(choice: string | RegExp, button: string, fold?: string): Promise<void> {
    const { page } = this;
    if (fold !== undefined) await page.locator('summary', { hasText: fold }).click();
    const choices = page
      .getByRole('radio', { name: choice })
      .or(page.getByRole('checkbox', { name: choice }));
    const form = page.locator('main form', { has: choices });
    await form.locator(choices).first().check();
    await form.getByRole('button', { name: button, exact: true }).click();
  }

  /** Cancels on the customer's page, whose details are open. */
  async cancel(): Promise<void> {
    await this.page.locator('summary', { hasText: 'Hủy đơn' }).click();
    await this.page.getByRole('button', { name: /^Hủy đơn/ }).click();
  }

  /** The events that dispatch received of a job, oldest first, as `type version`. */
  async dispatchEvents(code: string): Promise<string[]> {
    const entries = (await this.inbox.list()).toReversed();
    return entries.flatMap((entry) => {
      if (entry.kind !== 'dispatch' || !entry.body.includes(code)) return [];
      const { type, data } = JSON.parse(entry.body) as { type: string; data: { version: number } };
      return [`${type} ${data.version}`];
    });
  }

  /** How many events of a type dispatch received of any job. */
  async events(type: string): Promise<number> {
    const jobs = await this.#jobEvents();
    return jobs.filter((event) => event.type === type).length;
  }

  /** How many events of a type dispatch received of the visits of a plan. */
  async planEvents(plan: string, type: string): Promise<number> {
    const jobs = await this.#jobEvents();
    return jobs.filter((event) => event.plan === plan && event.type === type).length;
  }

  /** The codes of a plan's visits that dispatch still holds for coming: the newest event of each neither cancels nor erases it. */
  async openJobs(plan: string): Promise<string[]> {
    const jobs = await this.#jobEvents();
    const newest = new Map(jobs.map((event) => [event.code, event]));
    const own = new Set(jobs.filter((event) => event.plan === plan).map(({ code }) => code));
    return [...own].filter(
      (code) => !['job.cancelled', 'job.erased'].includes(newest.get(code)?.type ?? ''),
    );
  }

  /** What dispatch received, oldest first; of two versions of one job that came out of turn the higher one counts as later. */
  async #jobEvents(): Promise<{ type: string; code: string; plan?: string; version: number }[]> {
    const entries = await this.inbox.list();
    const events = entries.flatMap((entry) => {
      if (entry.kind !== 'dispatch') return [];
      const { type, data } = JSON.parse(entry.body) as {
        type: string;
        data: { code: string; plan?: string; version: number };
      };
      return [{ type, ...data }];
    });
    return events.toSorted((one, other) => one.version - other.version);
  }

  /** The subjects of the mails that staff got about a job, oldest first, without what follows the code. */
  async mails(code: string): Promise<string[]> {
    const entries = (await this.inbox.list()).toReversed();
    return entries.flatMap((entry) =>
      entry.kind === 'email' && entry.subject.includes(code)
        ? [entry.subject.slice(0, entry.subject.indexOf(code) + code.length)]
        : [],
    );
  }

  /** The calendar file that the customer's page offers now. */
  async calendarOfPage(): Promise<ReadCalendar> {
    const href = await this.page
      .getByRole('link', { name: /lịch điện thoại/ })
      .getAttribute('href');
    const answer = await this.#request.get(href ?? '');
    expect(answer.headers()['content-type']).toContain('text/calendar');
    return readCalendar(await answer.text());
  }
}
