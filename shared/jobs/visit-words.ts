import { findService } from '../content/catalogue.ts';
import { unitNames, visitNames } from '../content/services.ts';
import { formatCount } from '../money.ts';
import type { Visit, VisitService } from './visit.ts';

/** The services of a visit by name, and that it is to look first where it is. Where the catalogue has no name, it is the id. */
export function nameServices({ visit, services }: Visit): string {
  return nameLook(visit, services.map(({ id }) => nameOf(id)).join(', '));
}

function nameLook(visit: Visit['visit'], names: string): string {
  return visit === 'survey' ? `${visitNames.survey}: ${names}` : names;
}

/** Services with their sizes on one line: "Việc này · 45 m²", or with several "Việc này 45 m², Việc kia 2 bộ". */
export function nameWork({
  visit,
  services,
}: Pick<Visit, 'visit'> & { services: readonly VisitService[] }): string {
  const only = services.length === 1;
  const parts = services.map(({ id, quantity }) =>
    [nameOf(id), sizeOf({ id, quantity })].filter((part) => part !== null).join(only ? ' · ' : ' '),
  );
  return nameLook(visit, parts.join(', '));
}

/** "45 m²"; with several services each that is known, with its name: "Việc này 2 bộ, Việc kia 45 m²". Null where none is. */
export function describeSizes(services: readonly VisitService[]): string | null {
  const sizes = services.flatMap(({ id, quantity }) => {
    const size = sizeOf({ id, quantity });
    if (size === null) return [];
    return [services.length === 1 ? size : `${nameOf(id)} ${size}`];
  });
  return sizes.length === 0 ? null : sizes.join(', ');
}

function sizeOf({ id, quantity }: Pick<VisitService, 'id' | 'quantity'>): string | null {
  if (quantity === null) return null;
  const unit = findService(id)?.unit;
  return `${formatCount(quantity)}${unit === undefined ? '' : ` ${unitNames[unit]}`}`;
}

function nameOf(id: string): string {
  return findService(id)?.name ?? id;
}
