import { formatBank } from '../../../shared/bank.ts';
import type { SystemMailContent } from '../../emails/mail.ts';
import { renderStaffReport } from '../../emails/staff-report.ts';
import { bankOf, listNewestBanks } from '../../store/bank-accounts.ts';
import type { Delivery } from '../../store/deliveries.ts';

/** Builds the mail to one of the staff addresses that says that customers pay into another account, from which to which. */
export async function writeBankAccount(
  env: Env,
  { subjectId }: Delivery,
): Promise<SystemMailContent | null> {
  const [newest, before] = await listNewestBanks(env.DB);
  if (newest === undefined) return null;
  const bank = bankOf(newest);
  const mail = await renderStaffReport({
    headline: 'Tài khoản nhận tiền của khách vừa đổi',
    lead: [
      `Trước: ${formatBank(bankOf(before))}.`,
      `Nay: ${formatBank(bank)}.`,
      bank === null
        ? 'Trang đơn không còn hiện mã chuyển khoản.'
        : 'Khách quét mã ở trang đơn thì tiền vào tài khoản này.',
      'Không phải công ty đổi thì báo ngay người trông coi trang, và dặn khách đang trả tiền dừng lại.',
    ],
    link: null,
    sections: [],
  });
  return { mail, address: subjectId.endsWith(':second') ? 'second' : 'first' };
}
