import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { FieldError, RawFields } from '../../shared/forms/fields.ts';

/** A form as it is shown, for the first time or given back with everything that was typed. */
export interface FormView {
  values: RawFields;
  errors?: readonly FieldError[];
  /** Why nothing was taken, where no field is to blame. */
  notice?: string;
  /** Starts with a seat, offered instead of a full one. */
  alternatives?: readonly { date: string; window: string }[];
  /** Absent where the form is opened and not given back. */
  status?: ContentfulStatusCode;
  /** When the form was first given out; carried on when it is given back. */
  firstAt?: Date;
}

/**
 * Errors as the form pages show them: by field, and as the list of the summary. The title begins with "Lỗi: ", also
 * where a notice says why nothing was taken.
 */
export function errorData(errors: readonly FieldError[], notice?: string) {
  if (errors.length === 0) {
    const title = notice === undefined ? undefined : 'Lỗi: chưa gửi được';
    return { title, errors: {}, invalid: {}, errorList: [] };
  }
  return {
    title: 'Lỗi: xem lại những ô được đánh dấu',
    errors: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
    invalid: Object.fromEntries(errors.map(({ field }) => [field, 'true'])),
    errorList: errors.map(({ field, message }) => ({ href: `#${field}`, message })),
  };
}
