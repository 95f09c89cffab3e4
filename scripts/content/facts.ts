import type { GenericSchema } from 'valibot';
import { AreasSchema } from '../../shared/content/areas.ts';
import { BookingRulesSchema } from '../../shared/content/booking-rules.ts';
import { CompanySchema } from '../../shared/content/company.ts';
import { CrewsSchema } from '../../shared/content/crews.ts';
import { HolidaysSchema } from '../../shared/content/holidays.ts';
import { LaunchSchema } from '../../shared/content/launch.ts';
import { PageWordsSchema } from '../../shared/content/page-words.ts';
import { ServicesSchema } from '../../shared/content/services.ts';
import { TopicsSchema } from '../../shared/content/topics.ts';

/** The facts files, each with its schema. */
export const factsFiles: Readonly<Record<string, GenericSchema>> = {
  'content/company.json': CompanySchema,
  'content/services.json': ServicesSchema,
  'content/areas.json': AreasSchema,
  'content/booking.json': BookingRulesSchema,
  'content/crews.json': CrewsSchema,
  'content/pages.json': PageWordsSchema,
  'content/topics.json': TopicsSchema,
  'content/holidays.json': HolidaysSchema,
  'content/launch.json': LaunchSchema,
};
