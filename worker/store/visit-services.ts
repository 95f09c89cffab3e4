import * as v from 'valibot';
import type { VisitService } from '../../shared/jobs/visit.ts';

const AnswersSchema = v.record(v.string(), v.record(v.string(), v.union([v.string(), v.number()])));

/** The columns of a visit's services: `service` and `quantity` are of the first one, `answers` of all by their ids. */
export const serviceColumns = {
  service: v.string(),
  quantity: v.nullable(v.number()),
  further_services: v.nullable(
    v.pipe(
      v.string(),
      v.parseJson(),
      v.array(v.object({ id: v.string(), quantity: v.nullable(v.number()) })),
    ),
  ),
  answers: v.nullable(v.pipe(v.string(), v.parseJson(), AnswersSchema)),
};

/** The columns that say what a visit is for. */
export const visitColumns = { visit: v.picklist(['work', 'survey']), ...serviceColumns };

type ServicesRow = v.InferOutput<v.ObjectSchema<typeof serviceColumns, undefined>>;

/** The services of a visit, from its columns. */
export function readServices(row: ServicesRow): VisitService[] {
  const first = { id: row.service, quantity: row.quantity };
  return [first, ...(row.further_services ?? [])].map((service) => ({
    ...service,
    answers: row.answers?.[service.id] ?? {},
  }));
}

/** The columns of the services of a visit, which has at least one. */
export function writeServices(services: readonly VisitService[]) {
  const [first, ...further] = services;
  if (first === undefined) throw new Error('A visit without a service');
  const answered = services.filter(({ answers }) => Object.keys(answers).length > 0);
  return {
    service: first.id,
    quantity: first.quantity,
    further_services: toJson(further.map(({ id, quantity }) => ({ id, quantity }))),
    answers:
      answered.length === 0
        ? null
        : JSON.stringify(Object.fromEntries(answered.map(({ id, answers }) => [id, answers]))),
  };
}

function toJson(list: readonly object[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list);
}
