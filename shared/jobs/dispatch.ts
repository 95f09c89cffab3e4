import * as v from 'valibot';
import { pickFieldsFor } from '../privacy/register-fields.ts';

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
  service: v.string(),
  quantity: v.nullable(v.number()),
  ...personal,
  /** YYYY-MM-DD in Asia/Ho_Chi_Minh. */
  date: v.pipe(v.string(), v.isoDate()),
  /** HH:MM in Asia/Ho_Chi_Minh. */
  window: v.strictObject({ from: time, to: time }),
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
