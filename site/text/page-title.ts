import { company } from '../../shared/content/catalogue.ts';
import { TITLE_MAX_LENGTH } from '../../shared/content/entry-fields.ts';
import { lengthOf } from '../../shared/text.ts';

/** A page's title, with the company's short name behind it where both fit. */
export function pageTitle(title: string): string {
  const full = `${title} | ${company.shortName}`;
  return title.includes(company.shortName) || lengthOf(full) > TITLE_MAX_LENGTH ? title : full;
}
