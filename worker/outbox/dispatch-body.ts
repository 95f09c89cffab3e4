import * as v from 'valibot';
import { DispatchBodySchema } from '../../shared/jobs/dispatch.ts';
import type { Person } from '../../shared/forms/person.ts';
import type { PersonalField } from '../../shared/privacy/register.ts';
import { pickFieldsFor } from '../../shared/privacy/register-fields.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import type { DeliveryBy } from '../store/deliveries.ts';
import { type Disclosing, writeDisclosure } from './disclosure.ts';
import { preparePerson } from './mails/person.ts';
import { type Prepared, recordAbsent } from './result.ts';
import { describeVisit } from '../wording/visit.ts';

type DispatchDisclosing = Disclosing<DeliveryBy<'dispatch'>>;

/**
 * Builds the body of a dispatch delivery from the booking as it is now, and writes the disclosure before anything is sent.
 * `job.erased` carries code and version and no personal field.
 */
export async function buildDispatchBody(disclosing: DispatchDisclosing): Promise<Prepared<string>> {
  const { env, delivery, now } = disclosing;
  const booking = await findBooking(env.DB, delivery.subjectId);
  if (booking === null) return recordAbsent;
  if (delivery.kind === 'job.erased') {
    await writeDisclosure(disclosing, 'dispatch', []);
    return write(disclosing, { code: booking.code, version: delivery.version });
  }
  const person = await preparePerson(env, booking, now);
  if (!person.ready) return person;
  const personal = toPersonal(booking, person.value);
  await writeDisclosure(disclosing, 'dispatch', Object.keys(personal) as PersonalField[]);
  return write(disclosing, toJob(booking, personal, delivery.version));
}

/** The body as it is sent; throws where it is not exactly the contract's. */
function write({ delivery }: DispatchDisclosing, data: unknown): Prepared<string> {
  const body = v.parse(DispatchBodySchema, {
    type: delivery.kind,
    timestamp: delivery.createdAt.toISOString(),
    data,
  });
  return { ready: true, value: JSON.stringify(body) };
}

/** The personal part of a job: what the register lets dispatch have, and nothing else of the person. */
function toPersonal(booking: Booking, { name, phone, address }: Person) {
  const { ward, province } = describeVisit(booking);
  return pickFieldsFor('dispatch', {
    name,
    phone,
    address: { line: address, ward, wardCode: booking.ward, province },
  });
}

function toJob(booking: Booking, personal: object, version: number) {
  return {
    code: booking.code,
    version,
    service: booking.service,
    quantity: booking.quantity,
    ...personal,
    date: booking.visitDate,
    window: describeVisit(booking).arrival,
  };
}
