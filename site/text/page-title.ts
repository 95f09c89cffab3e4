import { company } from '../../shared/content/catalogue.ts';
import { TITLE_MAX_LENGTH } from '../../shared/content/entry-fields.ts';
import { lengthOf } from '../../shared/text.ts';

/** Fewest characters of a title that tells people in a list of results whose page it is. */
const TITLE_MIN_LENGTH = 30;

/** A page's title, with the company's short name behind it where both fit, or its whole name where they are too short. */
export function pageTitle(title: string): string {
  if (title.includes(company.shortName)) return title;
  const [whole, short] = [company.name, company.shortName].map((name) => `${title} | ${name}`) as [
    string,
    string,
  ];
  const fits = (full: string) => lengthOf(full) <= TITLE_MAX_LENGTH;
  if (lengthOf(short) < TITLE_MIN_LENGTH && fits(whole)) return whole;
  return fits(short) ? short : title;
}
