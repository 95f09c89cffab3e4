import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { FieldError, RawFields } from '../../shared/forms/fields.ts';
import type { Language } from '../../shared/languages.ts';

/** A form to show: opened for the first time, or again with everything that was typed. */
export interface FormView {
  values: RawFields;
  errors?: readonly FieldError[];
  /** Why the form was not accepted, where no field is wrong. */
  notice?: string;
  /** Starts with a seat, offered instead of a full one. */
  alternatives?: readonly { date: string; window: string }[];
  /** Absent where the form is opened for the first time. */
  status?: ContentfulStatusCode;
  /** When the form was first shown. It keeps this time when it is shown again. */
  firstAt?: Date;
  /** The intent that the form was sent with, where it keeps it. Absent where it gets a new one. */
  intent?: string;
}

const errorTitles: Readonly<Record<Language, { errors: string; notice: string }>> = {
  vi: { errors: 'Lỗi: xem lại những ô được đánh dấu', notice: 'Lỗi: chưa xong' },
  en: { errors: 'Error: please check the marked fields', notice: 'Error: not sent yet' },
};

/**
 * Errors as the form pages show them: by field, and as the list of the summary. The title begins with "Lỗi: ", also
 * where only a notice says why the form was not accepted.
 */
export function errorData(
  errors: readonly FieldError[],
  notice?: string,
  language: Language = 'vi',
) {
  const titles = errorTitles[language];
  if (errors.length === 0) {
    const title = notice === undefined ? undefined : titles.notice;
    return { title, errors: {}, invalid: {}, errorList: [] };
  }
  return {
    title: titles.errors,
    errors: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
    invalid: Object.fromEntries(errors.map(({ field }) => [field, 'true'])),
    // An id holds no dot, the name of a field may.
    errorList: errors.map(({ field, message }) => ({
      href: `#${field.replaceAll('.', '-')}`,
      message,
    })),
  };
}
