import type { Person } from '../../shared/forms/person.ts';
import { formatPhone } from '../../shared/phone.ts';
import { type PersonalField, personalFields } from '../../shared/privacy/register.ts';
import { keepTogether } from '../../shared/text.ts';

const staffNoteWords = {
  field: 'staffNote',
  label: 'Ghi chú của nhân viên',
  purpose: personalFields.note.purpose,
  hint: null,
} as const;

/** The personal fields that are stored, each with its purpose and what its sender has to know of its value. */
export function heldFields(person: Person) {
  const fields = (Object.keys(personalFields) as PersonalField[]).flatMap((field) => {
    const value = person[field];
    if (value === null) return [];
    const { label, purpose } = personalFields[field];
    const isPhone = field === 'phone';
    const hint = isPhone ? phoneHint(person) : null;
    return [{ field, label, purpose, value: isPhone ? formatPhone(value) : value, hint }];
  });
  const { staffNote } = person;
  return staffNote === null ? fields : [...fields, { ...staffNoteWords, value: staffNote }];
}

function phoneHint({ retiredPhone, formerPhone }: Person): string | null {
  const hints = [
    ...(retiredPhone === null
      ? []
      : [`Số cũ ${retiredPhone} đã đổi thành số này. Nếu sai, anh/chị gọi cho chúng tôi.`]),
    ...(formerPhone === null
      ? []
      : [`Lúc gửi là ${keepTogether(formatPhone(formerPhone))}, còn giữ để gọi hỏi lại khi cần.`]),
  ];
  return hints.length === 0 ? null : hints.join(' ');
}
