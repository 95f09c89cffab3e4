import { photoData } from '../../shared/privacy/register-photos.ts';
import { letterData } from '../../shared/privacy/register-letters.ts';
import { formatDeadline, letterRows, receiversOf } from '../../shared/privacy/register-words.ts';
import {
  registerEntry,
  fieldsFor,
  fieldsInStaffEmail,
  fieldsOf,
  listCompanions,
  listFields,
  needOf,
} from '../../shared/privacy/register-fields.ts';
import { namedHosts } from '../../shared/privacy/register-outside.ts';
import { storedTables } from '../../shared/privacy/register-storage.ts';
import {
  legalDeadlines,
  type FormName,
  type PersonalField,
  personalFields,
  type RecipientName,
  recipients,
  retention,
} from '../../shared/privacy/register.ts';
import { formatPeriod } from '../../shared/privacy/retention.ts';
import { ownerFills, table } from './markdown.ts';

const formNames: Readonly<Record<FormName, string>> = {
  booking: 'đơn đặt lịch',
  contact: 'tin nhắn',
};
const needWords = { always: 'có', oneOf: 'một trong các mục', never: 'không' };
const storageNames = {
  sealed: 'mã hóa trong D1, khóa trong KV',
  database: 'D1',
  memory: 'bộ nhớ',
};
const kinds = {
  sealed: 'thông tin cá nhân, mã hóa',
  hash: 'dấu vết mã hóa một chiều',
  bucket: 'dấu vết mã hóa mà hàng chục nghìn số có chung',
  link: 'mã dẫn tới hồ sơ',
  plain: 'không nói về ai',
};

const labelsOf = (fields: readonly PersonalField[]) =>
  fields.map((field) => personalFields[field].label).join(', ');

/** Every personal field: on which form, why, on what basis, where it lies, who may receive it. */
export function fieldTable(): string {
  const rows = (['booking', 'contact'] as const).flatMap((form) =>
    fieldsOf(form).map((field) => {
      const { label, purpose, storage, basis } = registerEntry(field);
      const names = receiversOf(form, field)
        .map((id) => recipients[id].name)
        .join('; ');
      return [
        label,
        formNames[form],
        needWords[needOf(form, field)],
        purpose,
        basis[form] ?? '',
        storageNames[storage],
        names,
      ];
    }),
  );
  const written = listFields().flatMap((field) => {
    const { label, purpose, storage, written: how, recipients: ids } = registerEntry(field);
    if (how === undefined) return [];
    const names = ids.map((id) => recipients[id].name).join('; ');
    return [[label, how.by, needWords.never, purpose, how.basis, storageNames[storage], names]];
  });
  const head = ['Mục', 'Nơi hỏi', 'Bắt buộc', 'Mục đích', 'Căn cứ', 'Nơi lưu', 'Ai có thể nhận'];
  return table(head, [...rows, ...written]);
}

/** Every recipient: who, why, where, when, which fields, through which address. */
export function recipientTable(ids: readonly RecipientName[]): string {
  const rows = ids.map((id) => {
    const { name, role, location, when, hosts, abroad, forms } = recipients[id];
    const where = `${location}${abroad ? ' (ngoài Việt Nam)' : ''}`;
    const from = forms.map((form) => formNames[form]).join(', ');
    return [
      name,
      role,
      where,
      `${when}; từ ${from}`,
      labelsOf(fieldsFor(id)),
      hosts.join(', ') || 'nền tảng',
    ];
  });
  return table(
    ['Bên nhận', 'Vai trò', 'Ở đâu', 'Khi nào', 'Nhận mục nào', 'Máy chủ hoặc biến'],
    rows,
  );
}

/** What is kept how long, counted from when. */
export function retentionTable(): string {
  const rows = Object.values(retention).map(({ what, period, since }) => [
    what,
    formatPeriod(period),
    since,
  ]);
  return table(['Dữ liệu', 'Thời hạn', 'Tính từ'], rows);
}

/** The legal deadlines of requests. */
export function deadlineTable(): string {
  return table(
    ['Yêu cầu', 'Hạn'],
    [
      ['Trả lời lần đầu', formatDeadline(legalDeadlines.firstReply)],
      ['Xem, sửa, nhận bản sao', formatDeadline(legalDeadlines.see)],
      ['Rút đồng ý, hạn chế, phản đối', formatDeadline(legalDeadlines.withdraw)],
      ['Xóa', formatDeadline(legalDeadlines.erase)],
      ['Gia hạn một lần, kèm lý do', `thêm ${formatDeadline(legalDeadlines.extension)}`],
      ['Khiếu nại', formatDeadline(legalDeadlines.complaint)],
    ],
  );
}

/** Every table of the database with the columns that speak of a person, and the others by name. */
export function storageTable(): string {
  const rows = Object.entries(storedTables).map(([name, { what, columns }]) => {
    const speaking = Object.entries(columns).filter(([, kind]) => kind !== 'plain');
    const words = speaking.map(([column, kind]) => `${column}: ${kinds[kind]}`).join('; ');
    const others = Object.keys(columns).filter(
      (column) => !speaking.some(([one]) => one === column),
    );
    return [name, what, words || 'không có', others.join(', ')];
  });
  return table(['Bảng', 'Để làm gì', 'Cột nói về một người', 'Cột khác'], rows);
}

/** What the office's mails hold where the owner has chosen full mails, and what goes along with a field. */
export function mailLines(staffEmail: 'masked' | 'full'): string[] {
  const full = `Đơn: ${labelsOf(fieldsInStaffEmail('booking'))}. Tin nhắn: ${labelsOf(fieldsInStaffEmail('contact'))}.`;
  const extras = listCompanions().map(
    ({ name, field }) => `${name} đi cùng mục ${personalFields[field].label}.`,
  );
  return [
    staffEmail === 'full'
      ? `Thư báo việc ghi đủ. ${full}`
      : `Thư báo việc chỉ ghi số điện thoại đã che bớt. Nếu đổi cài đặt staffEmail thành "full", thư ghi: ${full}`,
    ...extras,
  ];
}

/** Hosts that pages name, with what that means. */
export function hostTable(): string {
  return table(['Máy chủ', 'Vì sao có tên trên trang'], Object.entries(namedHosts));
}

/** Pictures, which are no field of a form: why, on what basis, where they lie, how long, who may receive them. */
export function photoTable(): string {
  const { label, purpose, basis, storage, retention: period, recipients: ids } = photoData;
  const names = ids.map((id) => recipients[id].name).join('; ');
  return table(
    ['Mục', 'Mục đích', 'Căn cứ', 'Nơi lưu', 'Thời hạn', 'Ai có thể nhận'],
    [[label, purpose, basis, storage, period, names]],
  );
}

/** What is kept of who gets the letters; a sentence where the company sends none. */
export function letterTable(isOn: boolean): string {
  if (!isOn) return 'Công ty không gửi bản tin, quảng cáo.';
  const { label, purpose, basis, storage, recipients: ids } = letterData;
  const names = ids.map((id) => recipients[id].name).join('; ');
  const head = ['Mục', 'Mục đích', 'Căn cứ', 'Nơi lưu', 'Ai có thể nhận'];
  const kept = letterRows().map(({ head: what, cells }) => [what, ...cells]);
  return [
    table(head, [[label, purpose, basis, storage, names]]),
    table(['Dữ liệu', 'Thời hạn', 'Tính từ'], kept),
  ].join('\n\n');
}

/** The fields in Vietnamese, for running text. */
export function allLabels(): string {
  return labelsOf(listFields());
}

/** The recipients outside Vietnam. */
export function abroadRecipients(): RecipientName[] {
  return (Object.keys(recipients) as RecipientName[]).filter((id) => recipients[id].abroad);
}

/** What only the owner knows of each recipient. */
export function agreementTable(): string {
  const rows = Object.values(recipients).map(({ name }) => [
    name,
    ownerFills(`tên pháp lý, địa chỉ, đầu mối của ${name}`),
    ownerFills(`thỏa thuận xử lý dữ liệu với ${name}: số, ngày, nơi giữ`),
  ]);
  return table(['Bên nhận', 'Thông tin liên lạc', 'Thỏa thuận'], rows);
}
