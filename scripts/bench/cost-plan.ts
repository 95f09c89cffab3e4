/** What is counted: what the free plan holds a day, and what the 5 USD of the paid one include a month. */
interface Row {
  name: string;
  free: number;
  paid: number;
}

/**
 * What the platform counts, with the limits of its plans as read in November 2026:
 * https://developers.cloudflare.com/workers/platform/limits/, /d1/platform/limits/, /kv/platform/limits/, /queues/platform/pricing/;
 * R2 and Images count by the month alike on both plans: /r2/pricing/, /images/pricing/. Mails: /email-service/platform/pricing/; on Free
 * they go to verified addresses only, which customers and subscribers are not.
 */
export const rows = {
  requests: { name: 'Worker requests', free: 100_000, paid: 10_000_000 },
  cpu: { name: 'CPU ms', free: Infinity, paid: 30_000_000 },
  read: { name: 'D1 rows read', free: 5_000_000, paid: 25_000_000_000 },
  written: { name: 'D1 rows written', free: 100_000, paid: 50_000_000 },
  get: { name: 'KV gets', free: 100_000, paid: 10_000_000 },
  put: { name: 'KV puts', free: 1_000, paid: 1_000_000 },
  delete: { name: 'KV deletes', free: 1_000, paid: 1_000_000 },
  list: { name: 'KV lists', free: 1_000, paid: 1_000_000 },
  pictures: { name: 'R2 puts, lists and deletes (with pictures)', free: 33_333, paid: 1_000_000 },
  seen: { name: 'R2 gets (pictures seen)', free: 333_333, paid: 10_000_000 },
  images: { name: 'Images transformations', free: 166, paid: 5_000 },
  queue: { name: 'Queue operations', free: 10_000, paid: 1_000_000 },
  mails: { name: 'Mails', free: Infinity, paid: 3_000 },
} satisfies Record<string, Row>;

export type RowName = keyof typeof rows;

/** What one invocation may use at most. */
export const invocation = { cpuMs: { free: 10 }, d1Queries: { free: 50 } };

/** How often a day it happens: 30 bookings, 1,000 views of pages, and what follows from them (assumed); each request is told to four phones of staff. */
export const perDay: Readonly<Record<string, number>> = {
  'POST /api/visits': 1_000,
  'GET /api/visits': 1_000,
  'GET /lien-he/': 30,
  'GET /dat-lich/': 90,
  'GET /api/availability': 60,
  'POST /api/bookings': 30,
  'POST /api/contact': 5,
  'GET /don/<code>/': 90,
  'GET /don/<code>/du-lieu/': 5,
  'POST … erase': 30,
  'GET /viec/<token>/': 90,
  'POST … open': 30,
  'POST … confirm': 30,
  'POST … pay': 30,
  'GET /viec/lich/<token>/': 20,
  'GET /viec/ngay/<date>/<token>/': 60,
  // Four phones that ask for the calendar each hour.
  'GET /viec/lich.ics?f=': 96,
  'GET /viec/so-lieu/<token>/': 2,
  'GET /tim-kiem/?q=': 60,
  'GET /minh-bach/': 20,
  'POST /api/letters': 3,
  'POST /ban-tin/xac-nhan/<token>/': 2,
  // One a month.
  'a letter to 500 subscribers': 1 / 30,
  'cron, a minute at rest': 1_416,
  'cron, a full hour': 24,
};

/**
 * Pictures a day: three of each customer and two of the crew; each is seen this often by customer and staff. A list is asked by
 * each page of a record, and by the sheet of a crew for each of its jobs.
 */
export const pictures = { perDay: 150, views: 4, lists: 425 };

/** Records kept after a year: bookings for twelve months after the visit. */
export const KEPT_RECORDS = 11_000;
