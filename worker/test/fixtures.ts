import { parseBookingRequest } from '../../shared/forms/booking.ts';
import { parseContactMessage } from '../../shared/forms/contact.ts';
import type { SubmissionOutcome } from '../records/accept.ts';
import { acceptBooking } from '../records/accept-booking.ts';
import { acceptMessage } from '../records/accept-message.ts';

/** The time in tests: Monday 23 November 2026, 09:00 in Vietnam. */
export const NOW = new Date('2026-11-23T02:00:00.000Z');

/** Fields of a form to set, or to leave out with undefined. */
export type FieldChanges = Readonly<Record<string, string | undefined>>;

/** A valid booking form: two sofas, in three days. */
export function bookingFields(changes: FieldChanges = {}): Record<string, string> {
  return withoutUndefined({
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
    ...changes,
  });
}

/** A valid contact form: a complaint, which needs no consent. */
export function contactFields(changes: FieldChanges = {}): Record<string, string> {
  return withoutUndefined({
    kind: 'complaint',
    name: 'Nguyễn Thị Hoa',
    phone: '0912 345 678',
    message: 'Sofa còn vết bẩn',
    ...changes,
  });
}

export interface SubmitOptions {
  now?: Date;
  /** Why the request is kept aside as possible abuse; null where it is not. */
  holdReason?: string | null;
  /** Network of the sender; null where it is not known. */
  network?: string | null;
  /** Nonce of the form's intent. */
  intent?: string;
}

/** Parses and stores a booking form as the route does. Throws where a field is wrong. */
export function acceptBookingForm(
  env: Env,
  changes: FieldChanges = {},
  options: SubmitOptions & { origin?: 'web' | 'phone' } = {},
): Promise<SubmissionOutcome> {
  const parsed = parseBookingRequest(bookingFields(changes));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return cleanedUp(
    acceptBooking(env, {
      request: parsed.request,
      origin: options.origin ?? 'web',
      intent: options.intent ?? null,
      holdReason: options.holdReason ?? null,
      network: options.network ?? null,
      now: options.now ?? NOW,
    }),
  );
}

/** Parses and stores a contact form as the route does. Throws where a field is wrong. */
export function acceptContactForm(
  env: Env,
  changes: FieldChanges = {},
  options: SubmitOptions = {},
): Promise<SubmissionOutcome> {
  const parsed = parseContactMessage(contactFields(changes));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return cleanedUp(
    acceptMessage(env, {
      message: parsed.message,
      intent: options.intent ?? null,
      holdReason: options.holdReason ?? null,
      network: options.network ?? null,
      now: options.now ?? NOW,
    }),
  );
}

/** The outcome, once nothing is left of a refused submission. */
async function cleanedUp(accepting: Promise<SubmissionOutcome>): Promise<SubmissionOutcome> {
  const { cleanup, ...outcome } = await accepting;
  await cleanup;
  return outcome;
}

function withoutUndefined(fields: FieldChanges): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
