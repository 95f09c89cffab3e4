import { findService, services } from '../content/catalogue.ts';
import type { VisitKind } from '../content/services.ts';

/** Most services of one visit. */
export const SERVICES_MAX = 3;

/** A service of a visit with its size and the answers to its questions: option ids, numbers, `yes` or `no`. */
export interface VisitService {
  id: string;
  quantity: number | null;
  answers: Readonly<Record<string, string | number>>;
}

/** What a visit is for: at most three services in the order of the catalogue. */
export interface Visit {
  visit: VisitKind;
  services: readonly Pick<VisitService, 'id'>[];
}

/** How many windows in a row a visit takes. */
export interface VisitLength {
  windows: number;
}

/** A visit is to look first where one of its services needs a look. */
export function visitKindOf(chosen: Visit['services']): VisitKind {
  return chosen.some(({ id }) => findService(id)?.visit === 'survey') ? 'survey' : 'work';
}

/** The windows of all services one after the other, or one to look; undefined where the catalogue no longer knows a service. */
export function measureVisit({ visit, services: chosen }: Visit): VisitLength | undefined {
  const known = chosen.map(({ id }) => findService(id)).filter((service) => service !== undefined);
  if (known.length < chosen.length) return undefined;
  return {
    windows: visit === 'survey' ? 1 : known.reduce((sum, { windows }) => sum + windows, 0),
  };
}

/** Whether services are the same with their sizes and answers. */
export function isSameServices(
  one: readonly VisitService[],
  other: readonly VisitService[],
): boolean {
  return textOf(one) === textOf(other);
}

/** The services as one text, answers in the order of their questions' ids. */
function textOf(chosen: readonly VisitService[]): string {
  return JSON.stringify(
    chosen.map(({ id, quantity, answers }) => [id, quantity, Object.entries(answers).toSorted()]),
  );
}

/** The ids as the visit has them: in the order of the catalogue, each once. */
export function orderServices(ids: readonly string[]): string[] {
  return services.map(({ id }) => id).filter((id) => ids.includes(id));
}
