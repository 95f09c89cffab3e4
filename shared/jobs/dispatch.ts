import * as v from 'valibot';
import { pickFieldsFor } from '../privacy/register-fields.ts';
import { SERVICES_MAX } from './visit.ts';

export const dispatchEvents = [
  'job.requested',
  'job.confirmed',
  'job.rescheduled',
  'job.updated',
  'job.completed',
  'job.cancelled',
  'job.erased',
] as const;

export type DispatchEvent = (typeof dispatchEvents)[number];

const version = v.pipe(v.number(), v.integer(), v.minValue(1));
const time = v.pipe(v.string(), v.regex(/^\d{2}:\d{2}$/));

export const DispatchAddressSchema = v.strictObject({
  /** House number and street, as typed. */
  line: v.string(),
  ward: v.string(),
  wardCode: v.string(),
  province: v.string(),
});

/** The personal fields of a job; the register says which of them dispatch receives. */
const personal: v.ObjectEntries = pickFieldsFor('dispatch', {
  name: v.string(),
  /** E.164. */
  phone: v.pipe(v.string(), v.regex(/^\+\d{6,15}$/)),
  address: DispatchAddressSchema,
});

/** The job as dispatch receives it; any other key is refused. */
export const DispatchJobSchema = v.strictObject({
  code: v.string(),
  /** Rises with every change of the job; a lower one than the last received is out of date. */
  version,
  /** Whether the crew comes to work, or to look and quote. */
  visit: v.picklist(['work', 'survey']),
  services: v.pipe(
    v.array(
      v.strictObject({
        id: v.string(),
        quantity: v.nullable(v.number()),
        /** By the ids of the service's questions: an option's id, a number, or yes and no as booleans. */
        answers: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
      }),
    ),
    v.minLength(1),
    v.maxLength(SERVICES_MAX),
  ),
  ...personal,
  /** YYYY-MM-DD in Asia/Ho_Chi_Minh. */
  date: v.pipe(v.string(), v.isoDate()),
  /** HH:MM in Asia/Ho_Chi_Minh. */
  window: v.strictObject({ from: time, to: time }),
  /** Code of the plan that the visit belongs to, or null. */
  plan: v.nullable(v.string()),
  crewNote: v.nullable(v.string()),
});

export const DispatchErasureSchema = v.strictObject({ code: v.string(), version });

/** The body of a dispatch webhook; `timestamp` is UTC ISO 8601. */
export const DispatchBodySchema = v.variant('type', [
  v.strictObject({
    type: v.picklist([
      'job.requested',
      'job.confirmed',
      'job.rescheduled',
      'job.updated',
      'job.completed',
      'job.cancelled',
    ]),
    timestamp: v.pipe(v.string(), v.isoTimestamp()),
    data: DispatchJobSchema,
  }),
  v.strictObject({
    type: v.literal('job.erased'),
    timestamp: v.pipe(v.string(), v.isoTimestamp()),
    data: DispatchErasureSchema,
  }),
]);
