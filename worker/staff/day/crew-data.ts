import { bookingRules, crews } from '../../../shared/content/catalogue.ts';
import { findWindow, windowsOn } from '../../../shared/jobs/availability.ts';
import { findStranded } from '../../../shared/jobs/stranded.ts';
import { addDays, formatDate, formatSpan, toVietnamDate } from '../../../shared/time.ts';
import { crewDayPath, freshStaffPath } from '../../signing/staff-links.ts';
import type { Booking } from '../../store/bookings.ts';
import type { CrewSettings, SeatLimit } from '../../store/crews.ts';
import { crewKind, findEpochs } from '../../store/link-epochs.ts';
import { readBookedSlots } from '../../store/seats.ts';
import type { AppContext } from '../../web/context.ts';
import { surplusText } from '../../wording/customer-text.ts';
import { slotWords } from '../../wording/report-lines.ts';
import { smsHref } from '../details.ts';

/** Days ahead for which a crew's link is drawn: it ends with its day, so this bounds its life. */
const CREW_LINK_DAYS = 7;

/** How a customer is reached, where the details are open. */
interface Contact {
  phoneHref: string | null;
  zaloHref: string | null;
}

/** Jobs that stand above the seats of their window, each with the text for its customer and the ways to send it. Nobody is cancelled by it. */
export async function listSurplus(
  c: AppContext,
  { date, jobs }: { date: string; jobs: readonly Booking[] },
  contacts: ReadonlyMap<string, Contact>,
) {
  const { slots, seats } = await readBookedSlots(c.env.DB, bookingRules, date);
  const stranded = findStranded(bookingRules, slots, seats).filter((row) => row.date === date);
  const rows = stranded.map(async ({ code, ...slot }) => {
    const job = jobs.find((one) => one.code === code);
    if (job === undefined) return [];
    const text = surplusText(c.env.PUBLIC_ORIGIN, job);
    const { phoneHref = null, zaloHref = null } = contacts.get(job.id) ?? {};
    return [
      {
        ...{ code, text, phoneHref, zaloHref },
        when: slotWords(slot),
        href: await freshStaffPath(c.var.staffSigning, job),
        smsHref: smsHref(phoneHref?.replace('tel:', '') ?? null, text),
      },
    ];
  });
  return (await Promise.all(rows)).flat();
}

/** The links to a day for its crews, by crew; none for a day that is over or far ahead, nor for a crew that is off. */
export async function listCrewLinks(
  c: AppContext,
  date: string,
  off: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const today = toVietnamDate(c.var.now);
  const isNear = date >= today && date <= addDays(today, CREW_LINK_DAYS);
  const there = isNear ? crews.filter(({ id }) => !off.has(id)) : [];
  if (there.length === 0) return new Map();
  const epochs = await findEpochs(
    c.env.DB,
    there.map(({ id }) => crewKind(id)),
  );
  const links = there.map(async ({ id }, at) => {
    const link = { crew: id, crewEpoch: epochs[at] ?? 0, date };
    return [id, await crewDayPath(c.var.staffSigning, link)] as const;
  });
  return new Map(await Promise.all(links));
}

/** The choices of a day: a crew that is off or works again, links to close, the windows whose seats can be set. */
export function dayChoices(date: string, { off, limits }: CrewSettings) {
  return {
    crewChoices: [
      ...crews.map(({ id, name }) =>
        off.has(id)
          ? { value: `on/${id}`, label: `${name} đi làm lại` }
          : { value: `off/${id}`, label: `${name} nghỉ ngày này` },
      ),
      ...crews.map(({ id, name }) => ({
        value: `close/${id}`,
        label: `Đóng đường dẫn đã gửi cho ${name}`,
      })),
    ],
    seatChoices: [
      { value: 'day', label: `Cả ngày${limitWords(limits, '')}` },
      ...windowsOn(bookingRules, date).map((window) => ({
        value: window.id,
        label: `${window.label}, ${formatSpan(window)}${limitWords(limits, window.id)}`,
      })),
    ],
  };
}

function limitWords(limits: readonly SeatLimit[], window: string): string {
  const limit = limits.find((row) => row.window === window);
  return limit === undefined ? '' : ` (đã đặt ${limit.seats} chỗ)`;
}

/** The line that says who is off and which numbers were set; null where nothing is other than usual. */
export function dayNote({ off, limits }: CrewSettings): string | null {
  const nameOf = (id: string) => findWindow(bookingRules, id)?.label ?? 'Cả ngày';
  const parts = [
    ...crews.filter(({ id }) => off.has(id)).map(({ name }) => `${name} nghỉ`),
    ...limits.map(({ window, seats }) => `${nameOf(window)}: ${seats} chỗ`),
  ];
  return parts.length === 0 ? null : parts.join(' · ');
}

/** A crew's work of the day as one text to send: its jobs, where they are open, and its link. */
export function crewText(c: AppContext, { date, name, path, texts }: CrewWork): string {
  const link = path === undefined ? [] : [`Việc trong ngày: ${c.env.PUBLIC_ORIGIN}${path}`];
  return [`${name} · ${formatDate(date)}`, ...texts, ...link].join('\n\n');
}

interface CrewWork {
  date: string;
  name: string;
  path: string | undefined;
  texts: readonly string[];
}
