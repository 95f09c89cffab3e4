import areasFile from '../../content/areas.json' with { type: 'json' };
import bookingFile from '../../content/booking.json' with { type: 'json' };
import companyFile from '../../content/company.json' with { type: 'json' };
import crewsFile from '../../content/crews.json' with { type: 'json' };
import holidaysFile from '../../content/holidays.json' with { type: 'json' };
import servicesFile from '../../content/services.json' with { type: 'json' };
import topicsFile from '../../content/topics.json' with { type: 'json' };
import { AreasSchema, type Ward } from './areas.ts';
import { type BookingRules, BookingRulesSchema } from './booking-rules.ts';
import { CompanySchema } from './company.ts';
import { type Crew, CrewsSchema } from './crews.ts';
import { HolidaysSchema } from './holidays.ts';
import { parseContent } from './parse-content.ts';
import { type Service, ServicesSchema } from './services.ts';
import { type Topic, TopicsSchema } from './topics.ts';
import type { HolidayDates } from '../time.ts';
import { formatPhone, toE164 } from '../phone.ts';

export const company = parseContent('content/company.json', CompanySchema, companyFile);

/** Every service in the list. Records may be of any of them; `astro dev` shows the page of each. */
export const listedServices: readonly Service[] = parseContent(
  'content/services.json',
  ServicesSchema,
  servicesFile,
).services;

/** The services that pages show and that can be booked: all but drafts. */
export const services: readonly Service[] = listedServices.filter(({ draft }) => !draft);

export const areas = parseContent('content/areas.json', AreasSchema, areasFile);

export const crews: readonly Crew[] = parseContent(
  'content/crews.json',
  CrewsSchema,
  crewsFile,
).crews;

export const bookingRules: BookingRules = {
  ...parseContent('content/booking.json', BookingRulesSchema, bookingFile),
  crews: crews.map(({ id }) => id),
};

export const holidays: HolidayDates = new Set(
  parseContent('content/holidays.json', HolidaysSchema, holidaysFile).holidays.map(
    (day) => day.date,
  ),
);

export const topics: readonly Topic[] = parseContent(
  'content/topics.json',
  TopicsSchema,
  topicsFile,
).topics;

export function findService(id: string): Service | undefined {
  return listedServices.find((service) => service.id === id);
}

export function findBookableService(id: string): Service | undefined {
  return services.find((service) => service.id === id);
}

export function findCrew(id: string): Crew | undefined {
  return crews.find((crew) => crew.id === id);
}

export function findWard(code: string): Ward | undefined {
  return areas.wards.find((ward) => ward.code === code);
}

/** The company's phone number as people write it. */
export const hotline = formatPhone(toE164(company.hotline));
