import { html, raw } from 'hono/html';
import { company } from '../../shared/content/catalogue.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { mailColours, paragraph, renderHtml, renderPage, renderText } from './layout.ts';
import type { Mail } from './mail.ts';

/** What the law wants before the subject of a mail that advertises. */
export const AD_LABEL = '[QC]';

const OWN = 'Xem, tải về thông tin đang giữ; gia hạn nhận bản tin';

/** A letter without its reader: its body as the HTML of a mail and as text. */
interface LetterBody {
  title: string;
  html: string;
  plain: string;
}

/** The links of one reader, with the site's origin. */
interface ReaderLinks {
  leave: string;
  own: string;
}

/** A letter to one reader: labelled as advertising, with sender, postal address, reason and the way to leave at its foot. */
export async function renderLetter(
  letter: LetterBody,
  { origin, leave, own }: ReaderLinks & { origin: string },
): Promise<Mail> {
  const foot = describeSender(origin);
  const subject = `${AD_LABEL} ${letter.title}`;
  return {
    subject,
    text: [
      letter.title,
      letter.plain,
      [...foot, `Rời danh sách ngay:\n${leave}`, `${OWN}:\n${own}`].join('\n'),
    ].join('\n\n'),
    html: await renderPage(
      letter.title,
      html`${raw(letter.html)}
        <div
          class="line"
          style="margin:24px 0 0;border-top:1px solid ${mailColours.line};padding:12px 0 0;font-size:15px"
        >
          ${foot.map(paragraph)}
          <p style="margin:0 0 12px">
            <a class="act" href="${leave}" style="color:${mailColours.act}">Rời danh sách ngay</a> ·
            <a class="act" href="${own}" style="color:${mailColours.act}">${OWN}</a>
          </p>
        </div>`,
    ),
    attachments: [],
    headers: {
      // RFC 8058: the mail program leaves by one POST of its own.
      'List-Unsubscribe': `<${leave}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  };
}

function describeSender(origin: string): string[] {
  const { name, address, hotline, email } = company;
  const place = [address.street, address.locality, address.region].filter((part) => part !== '');
  return [
    'Anh/chị nhận thư này vì đã đăng ký nhận bản tin trên trang của chúng tôi và bấm xác nhận. Thư có quảng cáo.',
    `${name}, ${place.join(', ')}. Điện thoại ${formatPhone(toE164(hotline))}.${email === '' ? '' : ` Email ${email}.`} Trang ${origin}`,
  ];
}

/** The mail that asks whether an address wants the letters. Who did not sign up has nothing to do. */
export async function renderConfirmation(url: string, keptHours: number): Promise<Mail> {
  const content = {
    headline: `Xác nhận đăng ký bản tin của ${company.shortName}`,
    lead: [
      'Chào anh/chị,',
      'Có người ghi email này để nhận bản tin của chúng tôi. Anh/chị mở trang dưới đây và bấm xác nhận thì chúng tôi mới gửi.',
    ],
    facts: [],
    link: { label: 'Xác nhận đăng ký bản tin', url },
    closing: [
      `Nếu không phải anh/chị ghi, xin bỏ qua thư này: email ấy tự xóa sau ${keptHours} giờ, và trong bảy ngày không có thư xác nhận nào nữa.`,
      company.name,
    ],
  };
  return {
    subject: content.headline,
    text: renderText(content),
    html: await renderHtml(content),
    attachments: [],
  };
}
