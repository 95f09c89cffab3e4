import * as v from 'valibot';
import { bookingRules, findBookableService, hotline } from '../content/catalogue.ts';
import { longestDay } from '../jobs/availability.ts';
import type { VisitKind } from '../content/services.ts';
import {
  measureVisit,
  orderServices,
  SERVICES_MAX,
  type VisitService,
  visitKindOf,
} from '../jobs/visit.ts';
import { isBlank, tidyCode } from '../text.ts';
import { formatDecimal } from '../money.ts';
import { answersToFields, parseAnswers, quantityField } from './answers.ts';
import {
  type FieldError,
  joinValues,
  QuantitySchema,
  type RawFields,
  splitValues,
} from './fields.ts';

const NONE = 'Anh/chị chưa chọn dịch vụ.';
const UNKNOWN = 'Dịch vụ này không có trong danh sách. Anh/chị chọn lại một dịch vụ.';
const REPEATED = 'Mỗi dịch vụ chỉ chọn một lần.';
const TOO_MANY = `Anh/chị chọn nhiều nhất ${SERVICES_MAX} dịch vụ cho một lần đến. Việc khác ghi vào ghi chú.`;
const TOO_LONG = `Những dịch vụ này không xong trong một ngày. Anh/chị chọn bớt dịch vụ, hoặc gọi ${hotline} để chúng tôi xếp giờ.`;
const WHOSE_QUANTITY = 'Anh/chị ghi khối lượng riêng cho từng dịch vụ.';

/** The ids in the field `service`, as they were sent. */
export function readServiceIds(raw: RawFields): string[] {
  return splitValues(raw['service'] ?? '')
    .map(tidyCode)
    .filter((id) => id !== '');
}

/**
 * What a request is for: its services in the order of the catalogue, each with its size and its answers, and what is wrong with
 * them. The visit is of the kind that they need, unless one was agreed.
 */
export function parseServices(
  raw: RawFields,
  agreed?: VisitKind,
): { visit: VisitKind; services: VisitService[]; errors: FieldError[] } {
  const ids = readServiceIds(raw);
  const chosen = orderServices(ids);
  const visit = agreed ?? visitKindOf(chosen.map((id) => ({ id })));
  const refusal = refuseServices(ids, visit);
  const errors: FieldError[] = refusal === null ? [] : [{ field: 'service', message: refusal }];
  if (ids.length > 1 && !isBlank(raw['quantity'])) {
    errors.push({ field: 'quantity', message: WHOSE_QUANTITY });
  }
  const services = chosen.map((id) => {
    const own = quantityField({ id });
    const field = isBlank(raw[own]) && ids.length === 1 ? 'quantity' : own;
    const quantity = v.safeParse(QuantitySchema, raw[field]);
    const given = parseAnswers(id, raw);
    if (!quantity.success) errors.push({ field, message: quantity.issues[0].message });
    errors.push(...given.errors);
    return { id, quantity: quantity.success ? quantity.output : null, answers: given.answers };
  });
  return { visit, services, errors };
}

/** The services of a visit as the form's fields, each size by its service. */
export function servicesToFields(services: readonly VisitService[]): RawFields {
  const sizes = services.map(({ id, quantity }) => [
    quantityField({ id }),
    quantity === null ? '' : formatDecimal(quantity),
  ]);
  const answers = services.flatMap((service) => Object.entries(answersToFields(service)));
  return {
    ...(Object.fromEntries([...sizes, ...answers]) as RawFields),
    service: joinValues(services.map(({ id }) => id)),
  };
}

function refuseServices(ids: readonly string[], visit: VisitKind): string | null {
  if (ids.length === 0) return NONE;
  if (ids.some((id) => findBookableService(id) === undefined)) return UNKNOWN;
  if (new Set(ids).size < ids.length) return REPEATED;
  if (ids.length > SERVICES_MAX) return TOO_MANY;
  // One service alone that is too long is refused by its window, as each start is.
  if (ids.length === 1) return null;
  const length = measureVisit({ visit, services: ids.map((id) => ({ id })) });
  return length !== undefined && length.windows > longestDay(bookingRules) ? TOO_LONG : null;
}
