import * as v from 'valibot';
import { DispatchBodySchema } from '../../shared/jobs/dispatch.ts';
import type { Person } from '../../shared/forms/person.ts';
import { findService } from '../../shared/content/catalogue.ts';
import type { VisitService } from '../../shared/jobs/visit.ts';
import type { PersonalField } from '../../shared/privacy/register.ts';
import { pickFieldsFor } from '../../shared/privacy/register-fields.ts';
import type { Booking } from '../store/bookings.ts';
import type { DeliveryBy } from '../store/deliveries.ts';
import { preparePerson } from './mails/person.ts';
import { type Prepared, type Preparing, recordAbsent } from './prepare.ts';
import { describeVisit } from '../wording/visit.ts';

type DispatchPreparing = Preparing<DeliveryBy<'dispatch'>>;

/** What is sent to dispatch, and what of it are personal fields. */
interface DispatchBody {
  body: string;
  fields: readonly PersonalField[];
}

/**
 * Builds the body of a dispatch delivery from the booking as it is now. `job.erased` carries code and version and no personal
 * field.
 */
export async function buildDispatchBody({
  delivery,
  records,
}: DispatchPreparing): Promise<Prepared<DispatchBody>> {
  const booking = records.findBooking(delivery.subjectId);
  if (booking === null) return recordAbsent;
  if (delivery.kind === 'job.erased') {
    const body = write(delivery, { code: booking.code, version: delivery.version });
    return { ready: true, value: { body, fields: [] } };
  }
  const person = await preparePerson(records, booking);
  if (!person.ready) return person;
  const personal = toPersonal(booking, person.value);
  const fields = Object.keys(personal) as PersonalField[];
  const job = toJob(booking, personal, {
    version: delivery.version,
    plan: records.findPlanCode(booking.id),
  });
  const body = write(delivery, job);
  return { ready: true, value: { body, fields } };
}

/** The body as it is sent; throws where it is not exactly the contract's. */
function write(delivery: DeliveryBy<'dispatch'>, data: unknown): string {
  const body = v.parse(DispatchBodySchema, {
    type: delivery.kind,
    timestamp: delivery.createdAt.toISOString(),
    data,
  });
  return JSON.stringify(body);
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

function toJob(
  booking: Booking,
  personal: object,
  { version, plan }: { version: number; plan: string | null },
) {
  return {
    code: booking.code,
    version,
    visit: booking.visit,
    services: booking.services.map(toService),
    ...personal,
    date: booking.visitDate,
    window: describeVisit(booking).arrival,
    plan,
    crewNote: null,
  };
}

function toService({ id, quantity, answers }: VisitService) {
  const questions = findService(id)?.questions ?? [];
  const entries = Object.entries(answers).map(([name, answer]) => {
    const isYesNo = questions.some(
      (question) => question.id === name && question.kind === 'yes-no',
    );
    return [name, isYesNo ? answer === 'yes' : answer];
  });
  return { id, quantity, answers: Object.fromEntries(entries) as Record<string, unknown> };
}
