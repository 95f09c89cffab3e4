import { bookingRules } from '../content/catalogue.ts';
import {
  alternativesOf,
  registerEntry,
  fieldsFor,
  fieldsInStaffEmail,
  fieldsOf,
  listFields,
  mayReceive,
  needOf,
} from './register-fields.ts';
import {
  legalDeadlines,
  customerPage,
  type FormName,
  type PersonalField,
  personalFields,
  type RecipientName,
  recipients,
  retention,
  type RetentionName,
} from './register.ts';
import { letterRetention } from './register-letters.ts';
import { formatPeriod } from './retention.ts';

/** A row of one of the register's tables, in Vietnamese. */
export interface RegisterRow {
  head: string;
  /** Small print below `head`. */
  small?: string;
  cells: readonly string[];
}

/** "7 ngày làm việc" or "20 ngày". */
export function formatDeadline(deadline: { workingDays: number } | { days: number }): string {
  return 'workingDays' in deadline
    ? `${deadline.workingDays} ngày làm việc`
    : `${deadline.days} ngày`;
}

/** The fields that a form asks for, why, and who may receive them. */
export function fieldRows(form: FormName): RegisterRow[] {
  return fieldsOf(form).map((field) => {
    const { label, purpose } = personalFields[field];
    return {
      head: label,
      small: needWords(form, field),
      cells: [
        purpose,
        receiversOf(form, field)
          .map((id) => recipients[id].name)
          .join('; '),
      ],
    };
  });
}

function needWords(form: FormName, field: PersonalField): string {
  switch (needOf(form, field)) {
    case 'always':
      return 'bắt buộc';
    case 'oneOf':
      return `cần một trong các mục: ${labels(alternativesOf(form))}`;
    case 'never':
      return 'không bắt buộc';
  }
}

/** Who may receive a field that a form asked for. */
export function receiversOf(form: FormName, field: PersonalField): RecipientName[] {
  return (Object.keys(recipients) as RecipientName[]).filter((id) => {
    const forms: readonly FormName[] = recipients[id].forms;
    return mayReceive(id, field) && forms.includes(form);
  });
}

/** Who receives what, where and when. */
export function recipientRows(): RegisterRow[] {
  return (Object.keys(recipients) as RecipientName[]).map((id) => {
    const { name, role, location } = recipients[id];
    return {
      head: name,
      small: role,
      cells: [`${location}; ${whenOf(id)}`, labels(fieldsFor(id))],
    };
  });
}

/** When a recipient gets something; for office and dispatch the settings of content/booking.json count. */
function whenOf(id: RecipientName): string {
  const { when } = recipients[id];
  if (id === 'office') return `${when}; ${mailWords()}`;
  if (id !== 'dispatch') return when;
  const isAtOnce = bookingRules.dispatch.from === 'requested';
  return `${when}, ${isAtOnce ? 'ngay khi nhận' : 'sau khi nhân viên xác nhận'}`;
}

function mailWords(): string {
  const mails =
    bookingRules.staffEmail === 'full'
      ? `thư báo việc ghi ${labels(fieldsInStaffEmail('booking'))}, thư báo tin nhắn ghi ${labels(fieldsInStaffEmail('contact'))}`
      : 'thư báo chỉ ghi số điện thoại đã che bớt';
  return `${mails}; các mục còn lại nhân viên mở trên trang việc`;
}

/** The legal bases on which a form asks, each once. */
function basisWords(form: FormName): string {
  const bases = fieldsOf(form).map((field) => registerEntry(field).basis[form] ?? '');
  return [...new Set(bases)].join('; ');
}

/** The labels of the fields that are stored sealed, as a list in running text. */
function sealedWords(): string {
  return labels(listFields().filter((field) => registerEntry(field).storage === 'sealed'));
}

function labels(fields: readonly PersonalField[]): string {
  return fields.map((field) => personalFields[field].label.toLowerCase()).join(', ');
}

/** What is kept how long, counted from when. */
export function retentionRows(): RegisterRow[] {
  return Object.values(retention).map(({ what, period, since }) => ({
    head: what,
    cells: [formatPeriod(period), since],
  }));
}

/** What is kept of who gets the letters, and how long. */
export function letterRows(): RegisterRow[] {
  return Object.values(letterRetention).map(({ what, period, since }) => ({
    head: what,
    cells: [formatPeriod(period), since],
  }));
}

/** What a person can ask for, and within what time it is done. */
export function rightRows(): RegisterRow[] {
  return [
    { head: 'Trả lời lần đầu cho mọi yêu cầu', cells: [formatDeadline(legalDeadlines.firstReply)] },
    { head: 'Xem, sửa, nhận bản sao', cells: [formatDeadline(legalDeadlines.see)] },
    {
      head: 'Rút lại sự đồng ý, hạn chế hoặc phản đối xử lý',
      cells: [formatDeadline(legalDeadlines.withdraw)],
    },
    { head: 'Xóa', cells: [formatDeadline(legalDeadlines.erase)] },
    {
      head: 'Gia hạn khi cần thêm thời gian',
      small: 'một lần, kèm lý do',
      cells: [`thêm ${formatDeadline(legalDeadlines.extension)}`],
    },
  ];
}

/**
 * The words that a policy would show today for what it marks with `data-register`: the component's name, with its `of` after
 * a colon, for example "RetentionTable" or "Retention:completed". Null for a key that the register does not know.
 */
export function registerWords(key: string): string | null {
  const [component = '', name = ''] = key.split(':');
  switch (component) {
    case 'FieldTable':
      return name === 'booking' || name === 'contact' ? joinRows(fieldRows(name)) : null;
    case 'Basis':
      return name === 'booking' || name === 'contact' ? basisWords(name) : null;
    case 'CustomerPage':
      return formatPeriod(customerPage.period);
    case 'Sealed':
      return sealedWords();
    case 'RecipientTable':
      return joinRows(recipientRows());
    case 'Letters':
      return bookingRules.marketing ? joinRows(letterRows()) : null;
    case 'RetentionTable':
      return joinRows(retentionRows());
    case 'RightsTable':
      return joinRows(rightRows());
    case 'Retention':
      return name in retention ? formatPeriod(retention[name as RetentionName].period) : null;
    case 'Clock':
      return name in legalDeadlines
        ? formatDeadline(legalDeadlines[name as keyof typeof legalDeadlines])
        : null;
    default:
      return null;
  }
}

function joinRows(rows: readonly RegisterRow[]): string {
  return rows
    .flatMap(({ head, small = '', cells }) => [head, small, ...cells])
    .filter((text) => text !== '')
    .join(' ');
}
