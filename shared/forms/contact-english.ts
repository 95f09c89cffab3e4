import { company } from '../content/catalogue.ts';
import { isBlank } from '../text.ts';
import type { FormName, PersonalField, personalFields } from '../privacy/register.ts';
import { type FieldError, MESSAGE_MAX_LENGTH, NAME_MAX_LENGTH, type RawFields } from './fields.ts';

/** The personal fields that a form asks for. */
type Asked<Form extends FormName> = {
  [Field in PersonalField]: Form extends (typeof personalFields)[Field]['forms'][number]
    ? Field
    : never;
}[PersonalField];

/** The personal fields of the contact form in English. */
export const englishLabels: Readonly<Record<Asked<'contact'>, string>> = {
  name: 'Full name',
  phone: 'Phone number',
  email: 'Email',
  message: 'Message',
};

interface Mistake {
  /** Where the field was left empty. */
  missing: string;
  /** Where it does not fit. */
  wrong: string;
}

const same = (sentence: string): Mistake => ({ missing: sentence, wrong: sentence });

/** What is wrong with a field and how to mend it. */
const mistakes: Readonly<Record<string, Mistake>> = {
  kind: same('Please choose what your message is about.'),
  name: {
    missing: 'Please write your name.',
    wrong: `Your name has to have letters, and at most ${NAME_MAX_LENGTH} characters.`,
  },
  phone: {
    missing: 'Please leave a phone number or an email address so that we can answer.',
    wrong:
      'We cannot call this number. A Vietnamese mobile number has 10 digits, for example 0912 345 678. Start a number from abroad with + and the country code.',
  },
  email: same('This email address is not complete. Example: name@gmail.com. Or leave it empty.'),
  code: same(
    `This code is not right. It looks like ${company.codePrefix}8K3M2QX. Or leave it empty.`,
  ),
  message: {
    missing: 'Please write your message.',
    wrong: `Your message is too long: at most ${MESSAGE_MAX_LENGTH.toLocaleString('en')} characters. Please shorten it, or send it in two parts.`,
  },
  consent: same('Please tick the box, so that we may use this information to answer you.'),
  policy: same('Our privacy policy has changed. Please read it again, then send once more.'),
};

/** The mistakes of a form in English. */
export function toEnglish(errors: readonly FieldError[], raw: RawFields): FieldError[] {
  return errors.map(({ field, message }) => {
    const mistake = mistakes[field];
    if (mistake === undefined) return { field, message };
    return { field, message: isBlank(raw[field]) ? mistake.missing : mistake.wrong };
  });
}
