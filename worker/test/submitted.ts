import { env } from 'cloudflare:workers';
import { parseBookingRequest } from '../../shared/forms/booking';
import { parseContactMessage } from '../../shared/forms/contact';
import { acceptBooking } from '../records/accept-booking';
import { acceptMessage } from '../records/accept-message';

/** A moment on a working day, from which the visits below are offered. */
export const NOW = new Date('2026-11-23T02:00:00.000Z');

/** A booking form filled in rightly, with marker values for what is personal. */
export const bookingFields = {
  service: 'giat-ghe-sofa',
  quantity: '2',
  ward: '16690',
  address: '12 Lê Lợi',
  date: '2026-11-26',
  window: 'sang',
  name: 'Nguyễn Thị Hoa',
  phone: '0912 345 678',
  email: 'hoa@example.org',
  note: 'Cổng sau',
  consent: 'yes',
};

/** Stores a booking by the real path and gives its id, code and deliveries. */
export async function submitBooking(
  fields: Partial<typeof bookingFields> = {},
  now: Date = NOW,
  house: Env = env,
): Promise<{ id: string; code: string; deliveryIds: string[] }> {
  const parsed = parseBookingRequest({ ...bookingFields, ...fields });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const outcome = await acceptBooking(house, {
    request: parsed.request,
    origin: 'web',
    intent: null,
    holdReason: null,
    now,
  });
  if (!('record' in outcome)) throw new Error(outcome.outcome);
  return { ...outcome.record, deliveryIds: outcome.deliveryIds };
}

/** Stores a contact message by the real path. */
export async function submitMessage(
  now: Date = NOW,
  kind: 'complaint' | 'privacy' = 'complaint',
  house: Env = env,
): Promise<{ id: string; code: string; deliveryIds: string[] }> {
  const parsed = parseContactMessage({
    kind,
    name: 'Nguyễn Thị Hoa',
    phone: '0912 345 678',
    message: 'Sofa còn vết bẩn',
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const outcome = await acceptMessage(house, {
    message: parsed.message,
    intent: null,
    holdReason: null,
    now,
  });
  if (!('record' in outcome)) throw new Error(outcome.outcome);
  return { ...outcome.record, deliveryIds: outcome.deliveryIds };
}

/** The deliveries of a record in the order of their versions. */
export async function readDeliveries(subjectId: string) {
  const { results } = await env.DB.prepare(
    'select * from deliveries where subject_id = ? order by version, channel, kind',
  )
    .bind(subjectId)
    .all<{
      id: string;
      channel: string;
      kind: string;
      version: number;
      status: string;
      attempts: number;
      last_result: string | null;
      next_attempt_at: string;
    }>();
  return results;
}
