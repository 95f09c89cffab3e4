import type { Ward } from '../content/areas.ts';
import { formatCount, formatVnd } from '../money.ts';
import { type Price, type Service, unitNames } from '../content/services.ts';
import { formatShortDate } from '../time.ts';

/** What a job is likely to cost, in đồng, and what that rests on in words; `toVnd` is null where only the least is known. */
export interface Estimate {
  fromVnd: number;
  toVnd: number | null;
  basis: readonly string[];
}

/** What an estimate depends on; `on` is the day whose price list counts, YYYY-MM-DD. */
export interface EstimateQuestion {
  /** The services of one visit with their sizes. */
  jobs: readonly {
    service: { unit: Service['unit']; prices: readonly Price[] };
    quantity: number | null;
  }[];
  ward: Pick<Ward, 'travelFeeVnd'> | undefined;
  on: string;
}

/**
 * The estimate of a visit by the owner's price rows: for each service size times price but no less than the least sum charged,
 * over all rows in force, and the travel fee once where one is set. Null where the owner gave no price for one of them, or there
 * is no size and no least sum.
 */
export function estimatePrice({ jobs, ward, on }: EstimateQuestion): Estimate | null {
  const priced = jobs.map((job) => ({ ...job, rows: rowsInForce(job.service.prices, on) }));
  const spans = priced.map(spanOf).filter((span) => span !== null);
  if (spans.length === 0 || spans.length < jobs.length) return null;
  const travel = ward?.travelFeeVnd;
  const least = spans.reduce((sum, { from }) => sum + from, travel ?? 0);
  const more = spans.map(({ from, to }) => (to === null ? null : to - from));
  return {
    fromVnd: least,
    toVnd: more.reduce((sum, part) => (sum === null || part === null ? null : sum + part), least),
    basis: [
      ...priced.flatMap(({ rows, quantity, service }) =>
        basisOfSize(rows, quantity, unitNames[service.unit]),
      ),
      basisOfTravel(travel),
      `bảng giá áp dụng từ ${formatShortDate(newestDay(priced.flatMap(({ rows }) => rows)))}`,
    ],
  };
}

/** The least and the most that one service is likely to cost; the most is null without a size. */
function spanOf({ rows, quantity }: { rows: readonly Price[]; quantity: number | null }) {
  const sums =
    quantity === null ? leastSums(rows) : rows.map((row) => sumOf(row, quantity)).toSorted(compare);
  const [least] = sums;
  if (least === undefined) return null;
  return { from: least, to: quantity === null ? null : (sums.at(-1) ?? least) };
}

/** "Khoảng 960.000 ₫", "Từ 500.000 ₫" or "Khoảng 500.000 ₫ đến 900.000 ₫". */
export function formatEstimate(estimate: Estimate): string {
  const from = formatVnd(estimate.fromVnd);
  if (estimate.toVnd === null) return `Từ ${from}`;
  if (estimate.toVnd === estimate.fromVnd) return `Khoảng ${from}`;
  return `Khoảng ${from} đến ${formatVnd(estimate.toVnd)}`;
}

/** What an estimate rests on, as one sentence that says where the real price comes from. */
export function formatBasis(estimate: Estimate): string {
  const [first = '', ...rest] = estimate.basis;
  const begun = `${first.charAt(0).toUpperCase()}${first.slice(1)}`;
  return `${[begun, ...rest].join('; ')}. Giá chốt nằm trong báo giá trước khi làm.`;
}

/** For each label the newest row whose `validFrom` is not after the day. */
function rowsInForce(prices: readonly Price[], on: string): Price[] {
  const inForce = new Map<string, Price>();
  for (const row of prices) {
    const known = inForce.get(row.label);
    if (row.validFrom > on || (known !== undefined && known.validFrom >= row.validFrom)) continue;
    inForce.set(row.label, row);
  }
  return Array.from(inForce.values());
}

function sumOf(row: Price, quantity: number): number {
  return Math.max(Math.round(row.amountVnd * quantity), row.minimumVnd ?? 0);
}

/** Without a quantity only the least sums are known. */
function leastSums(rows: readonly Price[]): number[] {
  if (rows.every((row) => row.minimumVnd === undefined)) return [];
  return rows.map((row) => row.minimumVnd ?? row.amountVnd).toSorted(compare);
}

function basisOfSize(rows: readonly Price[], quantity: number | null, unit: string): string[] {
  return rows.map((row) => {
    const least = row.minimumVnd === undefined ? null : `ít nhất ${formatVnd(row.minimumVnd)}`;
    const price = `${formatVnd(row.amountVnd)} một ${unit}`;
    if (quantity === null) return [`${row.label}: ${price}`, least].filter(Boolean).join(', ');
    const reached = least !== null && sumOf(row, quantity) === row.minimumVnd;
    return `${row.label}: ${formatCount(quantity)} ${unit}, ${price}${reached ? `, ${least}` : ''}`;
  });
}

function basisOfTravel(fee: number | undefined): string {
  if (fee === undefined) return 'chưa gồm phí đi lại';
  return fee === 0 ? 'không thêm phí đi lại' : `phí đi lại ${formatVnd(fee)}`;
}

function newestDay(rows: readonly Price[]): string {
  return (
    rows
      .map(({ validFrom }) => validFrom)
      .toSorted()
      .at(-1) ?? ''
  );
}

function compare(a: number, b: number): number {
  return a - b;
}
