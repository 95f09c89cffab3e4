import { type Ward, wardName } from '../content/areas.ts';
import { formatVnd } from '../money.ts';

/** A travel fee in words and the wards it holds for. */
export interface TravelFee {
  fee: string;
  wards: string[];
}

/** What the way costs, the cheapest first; wards without a fee of their own come last under "liên hệ". */
export function listTravelFees(wards: readonly Ward[]): TravelFee[] {
  const byFee = Map.groupBy(wards, ({ travelFeeVnd }) => travelFeeVnd ?? Infinity);
  return [...byFee]
    .toSorted(([a], [b]) => a - b)
    .map(([fee, those]) => ({ fee: describeFee(fee), wards: those.map(wardName) }));
}

function describeFee(fee: number): string {
  if (fee === Infinity) return 'Liên hệ';
  return fee === 0 ? 'Không thu' : formatVnd(fee);
}
