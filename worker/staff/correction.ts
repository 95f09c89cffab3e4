import * as v from 'valibot';
import { parseCorrection } from '../../shared/forms/correction.ts';
import {
  type FieldError,
  NoteSchema,
  type RawFields,
  WardCodeSchema,
} from '../../shared/forms/fields.ts';
import { isBlank } from '../../shared/text.ts';
import { readPerson } from '../personal-data/read-person.ts';
import { writeCorrection } from '../records/correct-details.ts';
import { type Booking, findBooking } from '../store/bookings.ts';
import type { AppContext } from '../web/context.ts';
import { isOpenForStaff } from '../web/details-cookie.ts';
import { outcomeNotices } from '../wording/outcomes.ts';
import { selfPath } from './access.ts';
import { answerJobPage } from './job-page.ts';

const CLOSED =
  'Chưa lưu: thông tin của khách đã ẩn lại. Bấm "Xem thông tin liên hệ của khách", rồi sửa và lưu lần nữa.';

/** Stores what staff put right in a job's details, with their own note. Only while the details are open: nothing is typed blind. */
export async function answerCorrection(
  c: AppContext,
  booking: Booking,
  fields: RawFields,
): Promise<Response> {
  const again = { open: 'correct', values: fields };
  if (!(await isOpenForStaff(c, booking)))
    return answerJobPage(c, booking, { ...again, status: 422, notice: CLOSED });
  const view = await readPerson(c.env, booking, c.var.now);
  if (view.state === 'later') return answerJobPage(c, booking, { ...again, status: 503 });
  if (view.state !== 'open') return answerJobPage(c, booking, outcomeNotices.ended);
  const parsed = parseCorrection(fields);
  const { staffNote = '' } = fields;
  const note = v.safeParse(v.nullable(NoteSchema), isBlank(staffNote) ? null : staffNote);
  const ward = v.safeParse(WardCodeSchema, fields['ward'] ?? booking.ward);
  if (!parsed.ok || !note.success || !ward.success) {
    const errors = [
      ...(parsed.ok ? [] : parsed.errors),
      ...(ward.success ? [] : [{ field: 'ward', message: ward.issues[0].message }]),
      ...(note.success ? [] : [noteError(note.issues[0].message)]),
    ];
    return answerJobPage(c, booking, {
      ...{ ...again, errors, status: 422 },
      notice: 'Chưa lưu: có ô cần sửa, ở mục “Sửa thông tin, ghi chú”.',
    });
  }
  const asked = { booking, token: fields['token'] ?? '', actor: 'staff', role: 'staff' } as const;
  const outcome = await writeCorrection(c, asked, {
    person: view.person,
    correction: parsed.correction,
    ward: ward.output,
    ...(fields['staffNote'] === undefined ? {} : { staffNote: note.output }),
  });
  if (outcome === 'done') return c.redirect(`${selfPath(c, booking)}?xong=1`, 303);
  const newest = (await findBooking(c.env.DB, booking.id)) ?? booking;
  const kept = outcome === 'repeated' ? {} : again;
  return answerJobPage(c, newest, { ...kept, ...outcomeNotices[outcome] });
}

function noteError(message: string): FieldError {
  return { field: 'staffNote', message };
}
