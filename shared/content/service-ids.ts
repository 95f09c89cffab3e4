import * as v from 'valibot';
import { findService, services } from './catalogue.ts';

const serviceIds = services.map(({ id }) => id).join(', ');

/** Ids of services that an entry belongs to. */
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
