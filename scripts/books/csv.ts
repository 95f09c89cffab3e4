import { wardName } from '../../shared/content/areas.ts';
import { findWindow } from '../../shared/jobs/availability.ts';
import { bookingRules, findService, findWard } from '../../shared/content/catalogue.ts';
import { unitNames, type VisitKind } from '../../shared/content/services.ts';
import { renderCsv } from '../../shared/csv.ts';
import type { VisitService } from '../../shared/jobs/visit.ts';
import { describeSizes, nameServices } from '../../shared/jobs/visit-words.ts';
import { openSum, type PaymentMethod } from '../../shared/jobs/balance.ts';
import { formatDecimal } from '../../shared/money.ts';
import { type BookingState, bookingStateNames } from '../../shared/states.ts';
import { addMonths, formatShortDate, formatSpan } from '../../shared/time.ts';

/** One booking as a row of the monthly export; it has no personal data. */
export interface BooksRow {
  code: string;
  visit: VisitKind;
  service: string;
  quantity: number | null;
  /** JSON of the second and third service with their sizes, or null. */
  furtherServices: string | null;
  ward: string;
  visitDate: string;
  window: string;
  state: BookingState;
  /** The newest price and the newest one that was agreed to, in đồng; null where there is none. */
  toldVnd: number | null;
  agreedVnd: number | null;
  cashVnd: number;
  transferVnd: number;
  /** What customers write into their transfers. */
  reference: string;
}

const COLUMN_TITLES = [
  'Mã đơn',
  'Dịch vụ',
  'Số lượng',
  'Đơn vị',
  'Phường, xã',
  'Ngày làm',
  'Khung giờ',
  'Tình trạng',
  'Giá đã báo',
  'Giá đã đồng ý',
  'Tiền mặt',
  'Chuyển khoản',
  'Còn phải trả',
  'Nội dung chuyển khoản',
];

/** How many of the columns stand before the sums. */
const BEFORE_SUMS = 8;

/** Bookings of a month as CSV, and their sums in the last line. */
export function renderBooks(rows: readonly BooksRow[]): string {
  return renderCsv([COLUMN_TITLES, ...rows.map(listCells), listSums(rows)]);
}

/** The SQL that reads the visits of a month (YYYY-MM); bookings that are quarantined (`held`) or were dropped from there are left out. */
export function booksSql(month: string): string {
  if (!isMonth(month)) throw new Error('A month is written 2026-11.');
  const first = `${month}-01`;
  const next = addMonths(new Date(`${first}T00:00:00Z`), 1)
    .toISOString()
    .slice(0, 10);
  const newest = (where: string) =>
    `(select amount_vnd from prices where subject_id = bookings.id ${where} order by version desc limit 1)`;
  const paid = (method: PaymentMethod) =>
    `(select coalesce(sum(amount_vnd), 0) from payments where subject_id = bookings.id and method = '${method}' and undone_at is null)`;
  return `select id, code, visit, service, quantity, further_services as furtherServices, ward, visit_date as visitDate, arrival_window as window, state,
      ${newest('')} as toldVnd, ${newest('and agreed_at is not null')} as agreedVnd,
      ${paid('cash')} as cashVnd, ${paid('transfer')} as transferVnd from bookings
    where visit_date >= '${first}' and visit_date < '${next}' and state not in ('held', 'dropped')
    order by visit_date, visit_starts_at, code`;
}

/** Whether a text is a month, YYYY-MM. */
export function isMonth(text: string): boolean {
  return /^20\d{2}-(0[1-9]|1[0-2])$/.test(text);
}

function listCells(row: BooksRow): string[] {
  const services = readServices(row);
  const ward = findWard(row.ward);
  const window = findWindow(bookingRules, row.window);
  return [
    row.code,
    ...serviceCells(row.visit, services),
    ward === undefined ? row.ward : wardName(ward),
    formatShortDate(row.visitDate),
    window === undefined ? row.window : `${window.label}, ${formatSpan(window)}`,
    bookingStateNames[row.state],
    formatSum(row.toldVnd),
    formatSum(row.agreedVnd),
    formatSum(row.cashVnd),
    formatSum(row.transferVnd),
    formatSum(openOf(row)),
    row.agreedVnd === null ? '' : row.reference,
  ];
}

/** Nothing is owed for a visit that does not take place. */
function openOf({ state, agreedVnd, cashVnd, transferVnd }: BooksRow): number | null {
  const isOwed = state === 'confirmed' || state === 'completed';
  return openSum(isOwed ? agreedVnd : null, cashVnd + transferVnd);
}

/** The sums of all rows, under their columns. */
function listSums(rows: readonly BooksRow[]): string[] {
  const sum = (amountOf: (row: BooksRow) => number | null) =>
    formatSum(rows.reduce((whole, row) => whole + (amountOf(row) ?? 0), 0));
  return [
    'Cộng',
    ...Array.from({ length: BEFORE_SUMS - 1 }, () => ''),
    sum(({ toldVnd }) => toldVnd),
    sum(({ agreedVnd }) => agreedVnd),
    sum(({ cashVnd }) => cashVnd),
    sum(({ transferVnd }) => transferVnd),
    sum(openOf),
    '',
  ];
}

/** Whole đồng as a spreadsheet takes a number; empty where there is none. */
function formatSum(amount: number | null): string {
  return amount === null ? '' : String(amount);
}

function readServices({ service: id, quantity, furtherServices }: BooksRow): VisitService[] {
  const further = JSON.parse(furtherServices ?? '[]') as Pick<VisitService, 'id' | 'quantity'>[];
  return [{ id, quantity }, ...further].map((service) => ({ ...service, answers: {} }));
}

/** Name, size and unit; the sizes of several services stand in words beside their names. */
function serviceCells(visit: VisitKind, services: readonly VisitService[]): string[] {
  const name = nameServices({ visit, services });
  const [{ id, quantity } = { id: '', quantity: null }, ...further] = services;
  if (further.length > 0) {
    const sizes = describeSizes(services);
    return [sizes === null ? name : `${name} (${sizes})`, '', ''];
  }
  if (quantity === null) return [name, '', ''];
  const unit = findService(id)?.unit;
  return [name, formatDecimal(quantity), unit === undefined ? '' : unitNames[unit]];
}
