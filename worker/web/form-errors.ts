import type { FieldError } from '../../shared/forms/fields.ts';
import type { FillData } from './fill.ts';

/**
 * Errors as the form pages show them: by field, and as the list of the summary. The title begins with "Lỗi: ", also
 * where a notice says why nothing was taken.
 */
export function errorData(errors: readonly FieldError[], notice?: string): FillData {
  if (errors.length === 0) {
    const title = notice === undefined ? {} : { title: 'Lỗi: chưa gửi được' };
    return { ...title, errors: {}, invalid: {}, errorList: [] };
  }
  return {
    title: 'Lỗi: xem lại những ô được đánh dấu',
    errors: Object.fromEntries(errors.map(({ field, message }) => [field, message])),
    invalid: Object.fromEntries(errors.map(({ field }) => [field, 'true'])),
    errorList: errors.map(({ field, message }) => ({ href: `#${field}`, message })),
  };
}
