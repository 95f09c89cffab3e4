import { parseBookingRequest } from '../../shared/forms/booking.ts';
import { bookingRules, findBookableService } from '../../shared/content/catalogue.ts';
import { servicesToFields } from '../../shared/forms/services.ts';
import { visitKindOf } from '../../shared/jobs/visit.ts';
import type { RawFields } from '../../shared/forms/fields.ts';
import { isLive } from '../../shared/states.ts';
import { readPerson } from '../personal-data/read-person.ts';
import { takeWebBooking } from '../records/web-booking.ts';
import { issueIntent } from '../signing/links.ts';
import { formWindowsData, toControls } from '../time-windows/form-windows.ts';
import type { AppContext } from '../web/context.ts';
import { errorData, type FormView } from '../web/form-view.ts';
import { answerPage } from '../web/pages.ts';
import { describeBooking, describePrice } from '../wording/booking.ts';
import { heldFields } from '../wording/person.ts';
import type { OpenedBooking, OpenedRecord } from './access.ts';
import { correctableValues } from './person-rows.ts';

/** What the form sends; all else is as it was. */
const againFields = ['slot', 'consent', 'policy', 'intent', 'website'] as const;

/** What was said of the past visit only. */
const notAskedAgain = { staffNote: null, covers: null, agreedCovers: null, ratingWords: null };

/** A booking that is over, and its answers as the fields of the booking form. */
export interface PastBooking {
  record: OpenedBooking;
  fields: RawFields;
  details: ReturnType<typeof heldFields>;
}

/**
 * The booking to ask for once more: only by its sender's own link, once it is over, while its details are readable and its
 * service can be booked. Else null.
 */
export async function readPast(c: AppContext, record: OpenedRecord): Promise<PastBooking | null> {
  if (record.kind !== 'booking' || record.link.scope !== 'own') return null;
  const { booking, link } = record;
  const canAsk = booking.services.every(({ id }) => findBookableService(id) !== undefined);
  if (isLive(booking.state) || !canAsk) return null;
  const view = await readPerson(c.env, booking, c.var.now);
  if (view.state !== 'open') return null;
  return {
    record,
    fields: {
      ward: booking.ward,
      ...correctableValues(view.person, booking),
      ...servicesToFields(booking.services),
    },
    details: link.isShown ? heldFields({ ...view.person, ...notAskedAgain }) : [],
  };
}

/** The form: the same answers, a day and window to choose, the consent. */
export async function answerAgainForm(
  c: AppContext,
  { record: { booking, link }, details }: PastBooking,
  view: FormView,
): Promise<Response> {
  const { now, linkKeys } = c.var;
  const self = againPath(link.self);
  const { from } = c.req.query();
  const { days, shownDay, spans, alternatives } = await formWindowsData(c, {
    values: {
      ...servicesToFields(booking.services),
      ...(from === undefined ? {} : { from }),
      ...view.values,
    },
    alternatives: view.alternatives ?? [],
    rules: bookingRules,
    action: self,
  });
  // What was agreed as work after a look is asked for with a look again.
  const asked = { ...booking, visit: visitKindOf(booking.services) };
  const { service, size, ward } = describeBooking(asked);
  return answerPage(c, {
    path: '/khung/dat-lai/',
    status: view.status ?? 200,
    keeping: 'personal',
    data: {
      ...errorData(view.errors ?? [], view.notice),
      ...{ service, size, ward, self, days, shownDay, alternatives, details },
      ...describePrice(asked, now),
      back: link.self,
      spans: spans.map(({ from: first, label }) => ({
        href: `${self}&from=${first}#window`,
        label,
      })),
      notice: view.notice ?? null,
      values: toControls(view.values),
      intent: view.intent ?? (await issueIntent({ keys: linkKeys, now }, 'booking', view.firstAt)),
    },
  });
}

/** Sends the booking once more for another day. */
export function sendAgain(c: AppContext, past: PastBooking): Promise<Response> {
  return takeWebBooking(c, {
    fieldNames: againFields,
    parse: (raw) => parseBookingRequest({ ...past.fields, ...raw, slot: raw['slot'] ?? '' }),
    previous: past.record.booking.id,
    startField: () => 'window',
    answerForm: (view) => answerAgainForm(c, past, view),
  });
}

function againPath(self: string): string {
  return self.replace('/?', '/dat-lai/?');
}
