import { readdirSync, readFileSync } from 'node:fs';
import process from 'node:process';
import autocannon from 'autocannon';
import { areas, bookingRules, services } from '../../shared/content/catalogue.ts';
import { windowsOn } from '../../shared/jobs/availability.ts';
import { addDays } from '../../shared/time.ts';
import { SENT_AT } from './sent-at.ts';

const CONNECTIONS = 16;
/** Longer than a queue batch waits: the work that a pass leaves behind is counted into its own CPU. */
const REST_MS = 1_500;
/** One pass of load on one path. */
export interface Pass {
  perSecond: number;
  p50: number;
  p99: number;
  /** CPU of the server's processes per accepted request. */
  cpuMs: number;
  /** Answers other than 2xx, and requests without an answer. */
  refused: number;
}

/** A request's body and the time at which it counts as sent; without it, when the last one was. */
export interface Submission {
  body: string;
  sentAt?: string;
}

/** Posts for so many seconds with 16 connections, each request with the next body. */
export async function postFor(
  seconds: number,
  target: {
    url: string;
    next: () => Submission;
    /** Waits until what the pass caused is done. */
    settle: () => Promise<void>;
  },
): Promise<Pass> {
  const before = readCpuMs(process.pid);
  const result = await autocannon({
    url: target.url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        headers: {},
        setupRequest: (request) => ({ ...request, ...asRequest(target.next()) }),
      },
    ],
  });
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  await target.settle();
  const accepted = result['2xx'];
  return {
    perSecond: accepted / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpuMs: (readCpuMs(process.pid) - before) / Math.max(1, accepted),
    refused: result.non2xx + result.errors,
  };
}

/** What is posted for a submission. */
export function asRequest({ body, sentAt }: Submission) {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(sentAt !== undefined && { [SENT_AT]: sentAt }),
  };
  return { body, headers };
}

/** Milliseconds of CPU that all descendants of a process have used so far, by Linux's /proc; the process itself does not count. */
export function readCpuMs(parent: number | string): number {
  const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8');
  return children
    .split(' ')
    .filter((pid) => pid !== '')
    .reduce((sum, pid) => {
      const threads = readdirSync(`/proc/${pid}/task`);
      const own = threads.reduce((ns, thread) => ns + readCpuNs(`/proc/${pid}/task/${thread}`), 0);
      return sum + own / 1e6 + readCpuMs(pid);
    }, 0);
}

/** Nanoseconds that a thread has run: the first of the scheduler's numbers. */
function readCpuNs(thread: string): number {
  return Number(readFileSync(`${thread}/schedstat`, 'utf8').split(' ')[0]);
}

/** Valid bookings one after another, each with a phone number and an intent of its own, in windows that fill one after another from `after` days on, over so many days and then from the first of them again. */
export function makeBookings(
  today: string,
  intents: readonly string[],
  { after = 2, days = 3_600 } = {},
): () => string {
  let number = 0;
  const slots = Array.from({ length: days - after }, (_, day) =>
    addDays(today, day + after),
  ).flatMap((date) => windowsOn(bookingRules, date).map(({ id }) => ({ date, window: id })));
  return () => {
    const slot = slots[Math.floor(number / bookingRules.seats) % slots.length];
    number += 1;
    return JSON.stringify({
      service: services.at(-1)?.id,
      quantity: '2',
      ward: areas.wards[0]?.code,
      address: `${number} Lê Lợi`,
      name: 'Nguyễn Thị Hoa',
      phone: phoneOf(after * 10_000 + number),
      note: 'Cổng sau',
      consent: 'yes',
      intent: intents[number],
      ...slot,
    });
  };
}

/** Valid messages one after another, each with a phone number and an intent of its own. */
export function makeMessages(intents: readonly string[]): () => string {
  let number = 0;
  return () => {
    number += 1;
    return JSON.stringify({
      kind: 'question',
      name: 'Nguyễn Thị Hoa',
      phone: phoneOf(number),
      message: `Tôi muốn hỏi giá làm nhà ${number} tầng.`,
      consent: 'yes',
      intent: intents[number],
    });
  };
}

function phoneOf(number: number): string {
  return `09${String(12_000_000 + number)}`;
}
