import { Hono } from 'hono';
import type { AppContext, AppEnv } from '../web/context.ts';
import { answerPage, withSlash } from '../web/pages.ts';
import { answerUnread } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { LINK_SPACING_MINUTES, LINKS_PER_HOUR, mailAskedLink } from './mail-link.ts';

const SENT = `Mở hộp thư của văn phòng, tìm thư “Đường dẫn mới đến lịch tuần” mới nhất. Thư gửi chưa quá ${LINK_SPACING_MINUTES} phút thì dùng thư đó, chúng tôi không gửi thêm; chưa có thì thư mới đang trên đường đến, nhiều nhất ${LINKS_PER_HOUR} thư một giờ.`;
const SENT_TO_OWNER = `Đường dẫn đến trang số liệu chỉ đến hộp thư của chủ công ty. Thư gửi chưa quá ${LINK_SPACING_MINUTES} phút thì dùng thư đó; nhiều nhất ${LINKS_PER_HOUR} thư một giờ.`;
const NOT_CHOSEN = 'Chưa gửi gì. Chọn dòng bên dưới rồi bấm lại.';

/** `/viec/`: mails a new link of the week to the staff address, or one to the numbers to the owner's. The answer is the same where a limit stops the mail. */
export const staffLinkRoutes = new Hono<AppEnv>()
  .get('/viec', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/viec/', (c) => answerForm(c, { status: 200 }))
  .post('/viec/', async (c) => {
    const read = await readFields(c.req.raw, ['send']);
    if (!read.ok) return answerUnread(c, read);
    const asked = read.fields['send'];
    if (asked === 'yes') {
      await mailAskedLink(c, 'staff-link');
      return answerForm(c, { status: 200, notice: SENT });
    }
    if (asked === 'numbers' && c.env.OWNER_ADDRESS !== '') {
      await mailAskedLink(c, 'owner-link');
      return answerForm(c, { status: 200, notice: SENT_TO_OWNER });
    }
    return answerForm(c, { status: 422, warning: NOT_CHOSEN });
  });

function answerForm(
  c: AppContext,
  { status, ...words }: { status: 200 | 422; notice?: string; warning?: string },
): Promise<Response> {
  const title = 'Đường dẫn cho nhân viên';
  return answerPage(c, {
    path: '/viec/',
    status,
    keeping: 'personal',
    data: { title, hasOwner: c.env.OWNER_ADDRESS !== '', notice: null, warning: null, ...words },
  });
}
