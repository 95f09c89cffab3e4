import * as v from 'valibot';
import { parseCorrection } from '../../shared/forms/correction.ts';
import {
  atMost,
  type FieldError,
  NOTE_MAX_LENGTH,
  type RawFields,
  typedText,
  WardCodeSchema,
} from '../../shared/forms/fields.ts';
import { readPerson } from '../personal-data/read-person.ts';
import type { ActionOutcome } from '../records/booking-action.ts';
import { writeCorrection, writePlanCorrection } from '../records/correct-details.ts';
import { entryOf, type FoundSubject } from '../records/find-record.ts';
import type { AppContext } from '../web/context.ts';
import { isOpenForStaff } from '../web/details-cookie.ts';
import { type FormNotice, outcomeNotices } from '../wording/outcomes.ts';

const CLOSED =
  'Chưa lưu: thông tin của khách đã ẩn lại. Bấm “Xem thông tin liên hệ của khách”, rồi sửa và lưu lần nữa.';

/** The note of staff; null where nothing was typed. */
const StaffNoteSchema = v.pipe(
  typedText,
  atMost(NOTE_MAX_LENGTH, 'Ghi chú'),
  v.transform((typed) => (typed === '' ? null : typed)),
);

/**
 * Stores what staff put right in the details of a job, with their own note, or of all visits of a plan that follow. Only while
 * the details are open: nothing is typed blind. Null where another form was sent.
 */
export async function runCorrection(
  c: AppContext,
  record: Exclude<FoundSubject, { kind: 'message' }>,
  fields: RawFields,
): Promise<ActionOutcome | FormNotice | null> {
  if (fields['act'] !== 'correct') return null;
  const again = { open: 'correct', values: fields };
  const entry = entryOf(record);
  if (!(await isOpenForStaff(c, entry))) return { ...again, status: 422, notice: CLOSED };
  const view = await readPerson(c.env, entry, c.var.now);
  if (view.state === 'later') return { ...again, status: 503 };
  if (view.state !== 'open') return 'ended';
  const parsed = parseCorrection(fields);
  const note = v.safeParse(StaffNoteSchema, fields['staffNote']);
  const known = record.kind === 'plan' ? record.plan.ward : record.booking.ward;
  const ward = v.safeParse(WardCodeSchema, fields['ward'] ?? known);
  if (!parsed.ok || !note.success || !ward.success) {
    const errors = [
      ...(parsed.ok ? [] : parsed.errors),
      ...(ward.success ? [] : [{ field: 'ward', message: ward.issues[0].message }]),
      ...(note.success ? [] : [noteError(note.issues[0].message)]),
    ];
    const notice = 'Chưa lưu: có ô cần sửa, ở mục “Sửa thông tin, ghi chú”.';
    return { ...again, errors, status: 422, notice };
  }
  const asked = { token: fields['token'] ?? '', actor: 'staff', role: 'staff' } as const;
  const change = { person: view.person, correction: parsed.correction, ward: ward.output };
  const staffNote = fields['staffNote'] === undefined ? {} : { staffNote: note.output };
  const outcome =
    record.kind === 'plan'
      ? await writePlanCorrection(c, { plan: record.plan, ...asked }, change)
      : await writeCorrection(
          c,
          { booking: record.booking, ...asked },
          { ...change, ...staffNote },
        );
  const isStored = outcome === 'done' || outcome === 'repeated';
  return isStored ? outcome : { ...again, ...outcomeNotices[outcome] };
}

function noteError(message: string): FieldError {
  return { field: 'staffNote', message };
}
