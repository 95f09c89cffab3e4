import { type MailContent, type MailSection, renderHtml, renderText } from './layout.ts';
import type { Mail } from './mail.ts';

/** Lines of one section that a mail shows. */
const LINES_MAX = 40;

/** A report to staff: a headline, lists, one link. */
interface StaffReport {
  /** Subject and first line. */
  headline: string;
  lead: readonly string[];
  sections: readonly MailSection[];
  link: MailContent['link'];
  /** Lines of a section that the mail shows, where not `LINES_MAX`. */
  linesMax?: number;
}

/** The e-mail with a report to staff. Empty sections are left out, long ones cut with a count of the rest. */
export async function renderStaffReport(report: StaffReport): Promise<Mail> {
  const content: MailContent = {
    headline: report.headline,
    lead: report.lead,
    facts: [],
    link: report.link,
    sections: report.sections
      .filter(({ lines }) => lines.length > 0)
      .map((section) => cutSection(section, report.linesMax ?? LINES_MAX)),
    closing: [],
  };
  return {
    subject: report.headline,
    text: renderText(content),
    html: await renderHtml(content),
    attachments: [],
  };
}

function cutSection({ heading, lines }: MailSection, max: number): MailSection {
  if (lines.length <= max) return { heading, lines };
  const rest = { text: `và ${lines.length - max} dòng nữa, xem ở lịch tuần` };
  return { heading, lines: [...lines.slice(0, max), rest] };
}
