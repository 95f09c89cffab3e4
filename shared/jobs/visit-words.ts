import { findService } from '../content/catalogue.ts';
import { unitNames, visitNames } from '../content/services.ts';
import { formatCount } from '../money.ts';
import type { Visit, VisitService } from './visit.ts';

/** The services of a visit by name, and that it is to look first where it is. Where the catalogue has no name, it is the id. */
export function nameServices({ visit, services }: Visit): string {
  const names = services.map(({ id }) => nameOf(id)).join(', ');
  return visit === 'survey' ? `${visitNames.survey}: ${names}` : names;
}

/** "45 m²"; with several services each that is known, with its name: "Việc này 2 bộ, Việc kia 45 m²". Null where none is. */
export function describeSizes(services: readonly VisitService[]): string | null {
  const sizes = services.flatMap(({ id, quantity }) => {
    if (quantity === null) return [];
    const unit = findService(id)?.unit;
    const size = `${formatCount(quantity)}${unit === undefined ? '' : ` ${unitNames[unit]}`}`;
    return [services.length === 1 ? size : `${nameOf(id)} ${size}`];
  });
  return sizes.length === 0 ? null : sizes.join(', ');
}

function nameOf(id: string): string {
  return findService(id)?.name ?? id;
}
