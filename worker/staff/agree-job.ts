import type { RawFields } from '../../shared/forms/fields.ts';
import { servicesToFields } from '../../shared/forms/services.ts';
import { type Person, personToFields } from '../../shared/forms/person.ts';
import { readPerson } from '../personal-data/read-person.ts';
import { issueToken, versionOfToken } from '../records/action.ts';
import { freshStaffPath } from '../signing/staff-links.ts';
import type { Booking } from '../store/bookings.ts';
import type { AppContext } from '../web/context.ts';
import { isOpenForStaff } from '../web/details-cookie.ts';
import { selfPath } from './access.ts';
import { agreePath, canAgreeJob } from './job-page.ts';
import { answerPhoneForm, type PhoneFormPlace, takePhoneBooking } from './week/phone-booking.ts';

/** `/viec/<token>/chot/`: the phone form with everything that the survey's record knows, once its details were opened by hand. */
export async function openAgreeForm(c: AppContext, survey: Booking): Promise<Response> {
  const isOpen = await isOpenForStaff(c, survey);
  const view = await readPerson(c.env, survey, c.var.now);
  if (!canAgreeJob(survey) || !isOpen || view.state !== 'open') {
    return c.redirect(selfPath(c, survey), 303);
  }
  const from = c.req.query('from');
  const values = { ...valuesOf(survey, view.person), ...(from === undefined ? {} : { from }) };
  return answerPhoneForm(c, placeOf(c, survey), { values });
}

/** Stores the job agreed on as a record of its own. */
export async function agreeJob(c: AppContext, survey: Booking): Promise<Response> {
  return canAgreeJob(survey)
    ? takePhoneBooking(c, placeOf(c, survey))
    : c.redirect(selfPath(c, survey), 303);
}

function placeOf(c: AppContext, survey: Booking): PhoneFormPlace {
  return {
    self: agreePath(c, survey),
    title: `Chốt việc sau khi xem, đơn ${survey.code}`,
    agreed: 'work',
    previous: survey.id,
    issueToken: () => issueToken(c, 'staff', survey),
    isToken: async (token) => (await versionOfToken(c, { token, role: 'staff' }, survey)) !== null,
    backHref: () => selfPath(c, survey),
    answerTaken: ({ record }) => freshStaffPath(c.var.staffSigning, record),
  };
}

/** What the survey's record knows, as the form's fields; the day and the consent are asked for anew. */
function valuesOf({ services, ward }: Booking, person: Person): RawFields {
  return { ...servicesToFields(services), ward, ...personToFields(person) };
}
