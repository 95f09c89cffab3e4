import { customerPage } from '../privacy/register.ts';

export const ratings = ['good', 'fair', 'poor'] as const;

export type Rating = (typeof ratings)[number];

export const ratingNames: Readonly<Record<Rating, string>> = {
  good: 'Tốt',
  fair: 'Tạm được',
  poor: 'Chưa tốt',
};

export const RATING_WORDS_MAX_LENGTH = 500;
/** Days in which a rating can be changed. */
export const RATING_CHANGE_DAYS = 1;
/** From how many ratings on their share is shown: fewer would say something of single visits. */
const RATINGS_SHOWN_FROM = 10;

/** How long after the visit it can be rated: as long as the customer's page opens. */
export const ratingPeriod = customerPage.period;

/** How many ratings there are and how many of them are good; null while there are too few to show. */
export function shownRatings(totals: {
  count: number;
  good: number;
}): { count: number; good: number } | null {
  return totals.count >= RATINGS_SHOWN_FROM ? totals : null;
}
