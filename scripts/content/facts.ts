import type { GenericSchema } from 'valibot';
import { AreasSchema } from '../../shared/areas.ts';
import { BookingRulesSchema } from '../../shared/booking-rules.ts';
import { CompanySchema } from '../../shared/company.ts';
import { HolidaysSchema } from '../../shared/holidays.ts';
import { LaunchSchema } from '../../shared/launch.ts';
import { PageWordsSchema } from '../../shared/page-words.ts';
import { ServicesSchema } from '../../shared/services.ts';
import { TopicsSchema } from '../../shared/topics.ts';

/** The facts that stand once, each file with its schema. */
export const factsFiles: Readonly<Record<string, GenericSchema>> = {
  'content/company.json': CompanySchema,
  'content/services.json': ServicesSchema,
  'content/areas.json': AreasSchema,
  'content/booking.json': BookingRulesSchema,
  'content/pages.json': PageWordsSchema,
  'content/topics.json': TopicsSchema,
  'content/holidays.json': HolidaysSchema,
  'content/launch.json': LaunchSchema,
};
