import { bookingRules } from './catalogue.ts';
import {
  clocks,
  type FormName,
  type PersonalField,
  personalFields,
  type RecipientName,
  recipients,
  retention,
  type RetentionName,
} from './register.ts';
import { formatRetention } from './retention.ts';

/** A row of a register's table as people read it: its name, what is added in small print, and the cells beside it. */
export interface RegisterRow {
  head: string;
  small?: string;
  cells: readonly string[];
}

/** A table or a period of the register that a policy shows, such as `RetentionTable` or `Retention:completed`. */
export type RegisterKey = string;

const fieldNames = () => Object.keys(personalFields) as PersonalField[];

/** "7 ngày làm việc" or "20 ngày": a legal clock in the unit it is counted in. */
export function formatClock(clock: { workingDays: number } | { days: number }): string {
  return 'workingDays' in clock ? `${clock.workingDays} ngày làm việc` : `${clock.days} ngày`;
}

/** The fields that a form asks for, why, and who may receive them. */
export function fieldRows(form: FormName): RegisterRow[] {
  return fieldNames()
    .map((name) => personalFields[name])
    .filter(({ forms }) => (forms as readonly FormName[]).includes(form))
    .map(({ label, purpose, required, recipients: who }) => {
      const needed = (required as Partial<Record<FormName, boolean>>)[form] === true;
      const names = who.map((name) => recipients[name].name).join(', ');
      return {
        head: label,
        small: needed ? 'bắt buộc' : 'không bắt buộc',
        cells: [purpose, names],
      };
    });
}

/** Who receives what, where and when. */
export function recipientRows(): RegisterRow[] {
  return (Object.keys(recipients) as RecipientName[]).map((id) => {
    const { name, role, place } = recipients[id];
    const when = whenOf(id);
    const fields = fieldNames()
      .map((field) => personalFields[field])
      .filter((field) => (field.recipients as readonly RecipientName[]).includes(id))
      .map(({ label }) => label.toLowerCase());
    return { head: name, small: role, cells: [`${place}; ${when}`, fields.join(', ')] };
  });
}

/** When a recipient gets something; for the office, what its mails hold by the owner's setting. */
function whenOf(id: RecipientName): string {
  const { when } = recipients[id];
  if (id !== 'office') return when;
  const mails =
    bookingRules.staffEmail === 'full'
      ? 'thư báo việc ghi đủ các mục này'
      : 'thư báo việc chỉ ghi số điện thoại đã che bớt, nhân viên mở các mục còn lại trên trang việc';
  return `${when}; ${mails}`;
}

/** What is kept how long, counted from when. */
export function retentionRows(): RegisterRow[] {
  return Object.values(retention).map(({ what, span, since }) => ({
    head: what,
    cells: [formatRetention(span), since],
  }));
}

/** What a person can ask for, and within what time it is done. */
export function rightRows(): RegisterRow[] {
  return [
    { head: 'Trả lời lần đầu cho mọi yêu cầu', cells: [formatClock(clocks.firstReply)] },
    { head: 'Xem, sửa, nhận bản sao', cells: [formatClock(clocks.see)] },
    {
      head: 'Rút lại sự đồng ý, hạn chế hoặc phản đối xử lý',
      cells: [formatClock(clocks.withdraw)],
    },
    { head: 'Xóa', cells: [formatClock(clocks.erase)] },
  ];
}

/** The words that a policy shows for a key of the register today; null for a key that the register does not know. */
export function registerWords(key: RegisterKey): string | null {
  const [component = '', name = ''] = key.split(':');
  switch (component) {
    case 'FieldTable':
      return name === 'booking' || name === 'contact' ? joinRows(fieldRows(name)) : null;
    case 'RecipientTable':
      return joinRows(recipientRows());
    case 'RetentionTable':
      return joinRows(retentionRows());
    case 'RightsTable':
      return joinRows(rightRows());
    case 'Retention':
      return name in retention ? formatRetention(retention[name as RetentionName].span) : null;
    case 'Clock':
      return name in clocks ? formatClock(clocks[name as keyof typeof clocks]) : null;
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
