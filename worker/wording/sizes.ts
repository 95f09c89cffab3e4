import { findService } from '../../shared/content/catalogue.ts';
import { unitNames } from '../../shared/content/services.ts';
import { quantityField } from '../../shared/forms/answers.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import type { VisitService } from '../../shared/jobs/visit.ts';
import { formatDecimal } from '../../shared/money.ts';

/** The sizes of a visit as typed: `quantity` of the one service, or `quantity.<id>` of several. */
export function sizeValues(services: readonly VisitService[]): RawFields {
  return Object.fromEntries(
    services.map(({ id, quantity }) => [
      services.length === 1 ? 'quantity' : quantityField({ id }),
      quantity === null ? '' : formatDecimal(quantity),
    ]),
  );
}

/** The sizes of several services as fields of a form; none where one field `quantity` is enough. */
export function sizeRows(services: readonly VisitService[], values: RawFields) {
  if (services.length === 1) return [];
  return services.map(({ id }) => {
    const service = findService(id);
    const field = quantityField({ id });
    return {
      field,
      // An id holds no dot.
      id: field.replaceAll('.', '-'),
      label: service === undefined ? id : `${service.name} (${unitNames[service.unit]})`,
      value: values[field] ?? '',
    };
  });
}
