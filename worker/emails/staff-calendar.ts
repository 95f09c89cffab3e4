import { type JobHeadline, renderHeadline } from './headline.ts';
import { type MailContent, renderHtml, renderText } from './layout.ts';
import type { Mail, MailAttachment } from './mail.ts';

/** A visit that staff moved or called off, as the mailbox reads of it; nothing of the customer. */
export interface StaffCalendarChange extends JobHeadline {
  isOff: boolean;
  /** The job's page; the only link. */
  url: string;
  calendar: MailAttachment;
}

const words = {
  moved: {
    subject: 'Dời trong lịch',
    lead: 'Nhân viên đã đổi giờ của việc này. Ai đã lưu tệp lịch trước thì mở tệp gửi kèm để dời theo.',
  },
  off: {
    subject: 'Bỏ khỏi lịch',
    lead: 'Việc này không làm nữa. Ai đã lưu tệp lịch trước thì mở tệp gửi kèm để bỏ khỏi lịch.',
  },
} as const;

/** A short mail whose attachment moves a visit in the calendar or takes it out. */
export async function renderStaffCalendar(change: StaffCalendarChange): Promise<Mail> {
  const { subject, lead } = change.isOff ? words.off : words.moved;
  const headline = renderHeadline(change);
  const content: MailContent = {
    headline,
    lead: [lead],
    facts: [],
    link: { label: 'Mở việc này', url: change.url },
    closing: [],
  };
  return {
    subject: `${subject}: ${headline}`,
    text: renderText(content),
    html: await renderHtml(content),
    attachments: [change.calendar],
  };
}
