import { crews } from '../../../shared/content/catalogue.ts';
import type { Person } from '../../../shared/forms/person.ts';
import { balanceOf, owedIn } from '../../../shared/jobs/balance.ts';
import { canTransition } from '../../../shared/states.ts';
import { toVietnamDate } from '../../../shared/time.ts';
import { readPerson } from '../../personal-data/read-person.ts';
import { issueToken } from '../../records/action.ts';
import { assignChoices, busyCrews, crewOf } from '../../records/crews.ts';
import { freshStaffPath } from '../../signing/staff-links.ts';
import type { Booking } from '../../store/bookings.ts';
import type { Dealings } from '../../store/dealings.ts';
import type { RecordEvent } from '../../store/events.ts';
import type { AppContext } from '../../web/context.ts';
import { describeBooking, describePrice } from '../../wording/booking.ts';
import { collectLine } from '../../wording/dealings.ts';
import { dueTransfer } from '../../wording/payment-qr.ts';
import { regularMark } from '../../wording/plan.ts';
import { clashLine, dayStateName } from '../../wording/staff.ts';
import { answerLines, crewLines } from '../../wording/visit.ts';
import { copyText, describePerson } from '../details.ts';
import { type Day, seenBy } from './day.ts';
import { crewPhotos } from './photo-data.ts';

interface DayJob {
  job: Booking;
  isOpen: boolean;
  /** What was agreed and paid; undefined where nothing was. */
  dealings: Pick<Dealings, 'prices' | 'payments'> | undefined;
  last: RecordEvent | undefined;
}

/** A job as the sheet of a day shows it, under the crew of its head, and as text for that crew where it is open. */
export type JobRow = Awaited<ReturnType<typeof jobData>>;

export async function jobData(c: AppContext, day: Day, { job, isOpen, dealings, last }: DayJob) {
  const { crew, set } = day;
  const { now, staffSigning } = c.var;
  const { code, work, ward, hours, until } = describeBooking(job);
  const view = isOpen ? await readPerson(c.env, job, now) : null;
  const person = view?.state === 'open' ? seenBy(crew, view.person) : null;
  const balance = owedIn(job.state, balanceOf(dealings?.prices ?? [], dealings?.payments ?? []));
  const collect = collectLine(balance, describePrice(job, now).estimate);
  const isStaff = crew === null;
  const busy = busyCrews(job, day.jobs, set.off);
  const canAssign = isStaff && isOpen && crews.length > 0 && canTransition(job.state, 'assign');
  return {
    head: crewOf(job, set.off),
    data: {
      ...{ work, ward, hours, until, collect },
      code: isStaff ? code : null,
      regular: regularMark(job),
      answers: answerLines(job),
      transfer: await dueTransfer(c.env, job.id, balance),
      state: job.state,
      stateName: dayStateName(job, last),
      href: isStaff ? await freshStaffPath(staffSigning, job) : null,
      job: job.id,
      jobToken: await issueToken(c, isStaff ? 'staff' : 'crew', job),
      canMark: !isStaff && day.date === toVietnamDate(now) && canTransition(job.state, 'onTheWay'),
      clash: isStaff && canTransition(job.state, 'assign') ? clashLine(job, set.off, busy) : null,
      assignTo: canAssign ? assignChoices(job, set.off, busy) : [],
      ...contactData(person, job.ward),
      ...(await crewPhotos(c, day, { job, isOpen })),
    },
    text: person === null ? null : copyText(crewLines(job, hours, collect), person, job.ward),
  };
}

/** How to reach a customer and what the price covers; all null while the details are closed. */
function contactData(person: Person | null, ward: string) {
  const shown = person === null ? null : describePerson(person, ward);
  return {
    name: shown?.name ?? null,
    phone: shown?.phone ?? null,
    phoneHref: shown?.phoneHref ?? null,
    zaloHref: shown?.zaloHref ?? null,
    address: shown?.address ?? null,
    mapHref: shown?.mapHref ?? null,
    note: shown?.note ?? null,
    covers: shown?.covers ?? null,
    staffNote: shown?.staffNote ?? null,
  };
}
