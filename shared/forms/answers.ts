import { findService } from '../content/catalogue.ts';
import { ANSWER_MAX, type Question } from '../content/service-questions.ts';
import type { Service } from '../content/services.ts';
import type { VisitService } from '../jobs/visit.ts';
import { formatCount } from '../money.ts';
import { bareCode, isBlank } from '../text.ts';
import type { FieldError, RawFields } from './fields.ts';

type AskedService = Pick<Service, 'id' | 'questions'>;

/** Name of the field that answers a question. */
export function answerField(service: Pick<Service, 'id'>, question: Pick<Question, 'id'>): string {
  return `${service.id}.${question.id}`;
}

/** Name of a service's own quantity field; `quantity` alone means that of the one service chosen. */
export function quantityField(service: Pick<Service, 'id'>): string {
  return `quantity.${service.id}`;
}

/** Names of the fields that each service has to itself. */
export function listServiceFields(services: readonly AskedService[]): string[] {
  return services.flatMap((service) => [
    quantityField(service),
    ...service.questions.map((question) => answerField(service, question)),
  ]);
}

/** The answers about a service by the ids of its questions, and what is wrong with them; blank ones are left out. */
export function parseAnswers(
  id: string,
  raw: RawFields,
): { answers: VisitService['answers']; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const given = (findService(id)?.questions ?? []).flatMap((question) => {
    const field = answerField({ id }, question);
    const typed = raw[field] ?? '';
    if (isBlank(typed)) return [];
    const answer = parseAnswer(question, bareCode(typed));
    if (answer !== null) return [[question.id, answer] as const];
    errors.push({ field, message: remedyOf(question) });
    return [];
  });
  return { answers: Object.fromEntries(given), errors };
}

/** Stored answers about a service as its form's fields; those that its questions no longer take are left out. */
export function answersToFields({ id, answers }: Omit<VisitService, 'quantity'>): RawFields {
  const given = Object.entries(answers).map(
    ([question, answer]) => [answerField({ id }, { id: question }), String(answer)] as const,
  );
  const isTaken = (field: readonly [string, string]) =>
    parseAnswers(id, Object.fromEntries([field])).errors.length === 0;
  return Object.fromEntries(given.filter(isTaken));
}

function parseAnswer(
  { kind, options = [], min = 0, max = ANSWER_MAX }: Question,
  text: string,
): string | number | null {
  if (kind === 'yes-no') return text === 'yes' || text === 'no' ? text : null;
  if (kind === 'choice') return options.some(({ id }) => id === text) ? text : null;
  const value = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  return value >= min && value <= max ? value : null;
}

function remedyOf({ kind, label, min = 0, max = ANSWER_MAX }: Question): string {
  return kind === 'number'
    ? `${label}: ghi một số từ ${formatCount(min)} đến ${formatCount(max)}, hoặc để trống.`
    : `${label}: chọn một câu trả lời trong danh sách.`;
}

const yesNo = { yes: 'Có', no: 'Không' } as const;

/** An answer in words: "Vải", "3 tầng", "Có". What the catalogue no longer names stays as it was stored. */
export function describeAnswer({ kind, options = [], unit }: Question, answer: string | number) {
  if (kind === 'number')
    return `${formatCount(Number(answer))}${unit === undefined ? '' : ` ${unit}`}`;
  if (kind === 'yes-no') return answer === 'yes' ? yesNo.yes : yesNo.no;
  return options.find(({ id }) => id === answer)?.label ?? String(answer);
}
