import * as v from 'valibot';
import { pickFieldsFor } from '../privacy/register-fields.ts';

/** Events that dispatch hears of. */
export const dispatchEvents = [
  'job.requested',
  'job.confirmed',
  'job.rescheduled',
  'job.updated',
  'job.cancelled',
  'job.erased',
] as const;

/** An event that dispatch hears of. */
export type DispatchEvent = (typeof dispatchEvents)[number];

const version = v.pipe(v.number(), v.integer(), v.minValue(1));
const time = v.pipe(v.string(), v.regex(/^\d{2}:\d{2}$/));

/** How each field looks to dispatch; which of them go there is the register's to say. */
const personal = pickFieldsFor('dispatch', {
  name: v.string(),
  /** E.164. */
  phone: v.pipe(v.string(), v.regex(/^\+\d{6,15}$/)),
  address: v.strictObject({
    line: v.string(),
    ward: v.string(),
    wardCode: v.string(),
    province: v.string(),
  }),
});

/** The job as dispatch receives it: the delivery fields and no other key. */
export const DispatchJobSchema = v.strictObject({
  code: v.string(),
  /** Rises with every change; the highest one is the truth. */
  version,
  service: v.string(),
  quantity: v.nullable(v.number()),
  ...personal,
  /** YYYY-MM-DD in Asia/Ho_Chi_Minh. */
  date: v.pipe(v.string(), v.isoDate()),
  /** HH:MM in Asia/Ho_Chi_Minh. */
  window: v.strictObject({ from: time, to: time }),
});

/** What `job.erased` carries. */
export const DispatchErasureSchema = v.strictObject({ code: v.string(), version });

/** The body of a dispatch webhook; `timestamp` is UTC ISO 8601. */
export const DispatchBodySchema = v.variant('type', [
  v.strictObject({
    type: v.picklist([
      'job.requested',
      'job.confirmed',
      'job.rescheduled',
      'job.updated',
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

/** A dispatch webhook's body. */
export type DispatchBody = v.InferOutput<typeof DispatchBodySchema>;

/** A job as dispatch receives it. */
export type DispatchJob = v.InferOutput<typeof DispatchJobSchema>;
