import { bookingRules, crews } from '../../../shared/content/catalogue.ts';
import { findStranded } from '../../../shared/jobs/stranded.ts';
import { addDays, formatDate, toVietnamDate } from '../../../shared/time.ts';
import { crewName, crewOf } from '../../records/crews.ts';
import { listWaitingMessages } from '../../records/due-day.ts';
import { listUnanswered } from '../../records/overdue.ts';
import { dayPath, freshStaffPath } from '../../signing/staff-links.ts';
import { listBookings } from '../../store/bookings.ts';
import { readCrewDay } from '../../store/crews.ts';
import { readBookedSlots } from '../../store/seats.ts';
import type { AppContext } from '../../web/context.ts';
import { describeBooking } from '../../wording/booking.ts';
import { dueWords, slotWords } from '../../wording/report-lines.ts';
import { regularMark } from '../../wording/plan.ts';
import { staffKindName, staffMessageStateNames, staffStateNames } from '../../wording/staff.ts';

/** What waits for staff beside requests: messages by due day, visits without a seat, visits of which nobody said the result. */
export async function waitingData(c: AppContext) {
  const { now, staffSigning: signing } = c.var;
  const today = toVietnamDate(now);
  const [messages, booked, unanswered] = await Promise.all([
    listWaitingMessages(c.env.DB),
    readBookedSlots(c.env.DB, bookingRules, today),
    listUnanswered(c.env, now),
  ]);
  return {
    messages: await Promise.all(
      messages.map(async ({ message, dueOn }) => ({
        code: message.code,
        kind: staffKindName(message),
        stateName: staffMessageStateNames[message.state],
        due: dueWords(dueOn, today),
        late: dueOn < today,
        href: await freshStaffPath(signing, message),
      })),
    ),
    stranded: await Promise.all(
      findStranded(bookingRules, booked.slots, booked.seats).map(async ({ id, code, ...slot }) => ({
        code,
        when: slotWords(slot),
        href: await freshStaffPath(signing, { id, code }),
      })),
    ),
    results: await Promise.all(
      unanswered.map(async (booking) => {
        const { code, service, ward, when } = describeBooking(booking);
        return { code, service, ward, when, href: await freshStaffPath(signing, booking) };
      }),
    ),
  };
}

/** Today and tomorrow, each with its jobs and the link to its sheet. */
export async function nearData(c: AppContext) {
  const { now, staffSigning: signing } = c.var;
  const today = toVietnamDate(now);
  const tomorrow = addDays(today, 1);
  const states = ['requested', 'confirmed', 'completed', 'no-show'] as const;
  const [jobs, ...settings] = await Promise.all([
    listBookings(c.env.DB, { from: today, to: tomorrow, states }),
    ...(crews.length === 0 ? [] : [today, tomorrow].map((date) => readCrewDay(c.env.DB, date))),
  ]);
  return Promise.all(
    [today, tomorrow].map(async (date, at) => ({
      label: `${date === today ? 'Hôm nay' : 'Ngày mai'}, ${formatDate(date)}`,
      href: await dayPath(signing, date),
      jobs: await Promise.all(
        jobs
          .filter(({ visitDate }) => visitDate === date)
          .map(async (booking) => {
            const { code, service, ward, hours } = describeBooking(booking);
            const stateName = staffStateNames[booking.state];
            const href = await freshStaffPath(signing, booking);
            const regular = regularMark(booking);
            const { off } = settings[at] ?? {};
            const crew = off === undefined ? null : crewName(crewOf(booking, off));
            const parts = { code, hours, service, ward, regular, crew };
            return { ...parts, state: booking.state, stateName, href };
          }),
      ),
    })),
  );
}
