// Apart from entry-fields.ts: whatever reads the catalogue stops at a broken facts file, which the content check must name first.
import { findService, services } from './catalogue.ts';
import * as v from 'valibot';

const serviceIds = services.map(({ id }) => id).join(', ');

/** The services that an entry is about, by id. */
export const ServiceIdsSchema = v.pipe(
  v.optional(v.array(v.string('Ghi mã dịch vụ.'), 'Ghi mỗi mã dịch vụ trên một dòng "- ".'), []),
  v.check(
    (ids) => ids.every((id) => findService(id) !== undefined),
    `Mã dịch vụ không có trong content/services.json. Chọn trong: ${serviceIds}.`,
  ),
  v.check(
    (ids) => new Set(ids).size === ids.length,
    'Một mã dịch vụ ghi hai lần: bỏ bớt một dòng.',
  ),
  v.metadata({
    title: 'Dịch vụ liên quan',
    description: 'Bài nói về dịch vụ nào (mã trong content/services.json).',
    kind: 'services',
  }),
);
