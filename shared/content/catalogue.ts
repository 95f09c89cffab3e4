import areasFile from '../../content/areas.json' with { type: 'json' };
import bookingFile from '../../content/booking.json' with { type: 'json' };
import companyFile from '../../content/company.json' with { type: 'json' };
import holidaysFile from '../../content/holidays.json' with { type: 'json' };
import servicesFile from '../../content/services.json' with { type: 'json' };
import topicsFile from '../../content/topics.json' with { type: 'json' };
import { AreasSchema, type Ward } from './areas.ts';
import { BookingRulesSchema } from './booking-rules.ts';
import { CompanySchema } from './company.ts';
import { HolidaysSchema } from './holidays.ts';
import { parseContent } from './parse-content.ts';
import { type Service, ServicesSchema } from './services.ts';
import { type Topic, TopicsSchema } from './topics.ts';
import type { HolidayDates } from '../time.ts';
import { formatPhone, toE164 } from '../phone.ts';

/** The company's facts (content/company.json). */
export const company = parseContent('content/company.json', CompanySchema, companyFile);

/** The services that can be booked (content/services.json). */
export const services: readonly Service[] = parseContent(
  'content/services.json',
  ServicesSchema,
  servicesFile,
).services;

/** Where the company goes (content/areas.json). */
export const areas = parseContent('content/areas.json', AreasSchema, areasFile);

/** The settings of booking (content/booking.json). */
export const bookingRules = parseContent('content/booking.json', BookingRulesSchema, bookingFile);

/** Public holidays (content/holidays.json). */
export const holidays: HolidayDates = new Set(
  parseContent('content/holidays.json', HolidaysSchema, holidaysFile).holidays.map(
    (day) => day.date,
  ),
);

/** Subjects of the news (content/topics.json). */
export const topics: readonly Topic[] = parseContent(
  'content/topics.json',
  TopicsSchema,
  topicsFile,
).topics;

export function findService(id: string): Service | undefined {
  return services.find((service) => service.id === id);
}

export function findWard(code: string): Ward | undefined {
  return areas.wards.find((ward) => ward.code === code);
}

/** The company's phone number as people write it. */
export const hotline = formatPhone(toE164(company.hotline));
