import { Hono } from 'hono';
import type { AppContext, AppEnv } from '../web/context.ts';
import { wakeDeliveries } from '../records/wake-delivery.ts';
import { answerPage, withSlash } from '../web/pages.ts';
import { answerProblem, problems } from '../web/problems.ts';
import { readFields } from '../web/read-fields.ts';
import { insertSystemMail } from '../store/system-mails.ts';
import { takeTry } from '../store/limits.ts';

/** Most links mailed in an hour, over all visitors. */
const LINKS_PER_HOUR = 3;

const SENT =
  'Nếu trong giờ này chưa gửi quá ba lần, liên kết mới đang trên đường đến hộp thư của văn phòng. Mở thư đó để vào lịch tuần.';
const NOT_CHOSEN = 'Chưa gửi gì. Chọn dòng bên dưới rồi bấm lại.';

/** `/viec/`: mails a new link of the week to the staff address. The answer is the same where the limit stops the mail. */
export const staffLinkRoutes = new Hono<AppEnv>()
  .get('/viec', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/viec/', (c) => answerForm(c, { status: 200 }))
  .post('/viec/', async (c) => {
    const read = await readFields(c.req.raw, ['send']);
    if (!read.ok) return answerProblem(c, problems[read.reason]);
    if (read.fields['send'] !== 'yes') {
      return answerForm(c, { status: 422, warning: NOT_CHOSEN });
    }
    await mailLink(c);
    return answerForm(c, { status: 200, notice: SENT });
  });

async function mailLink(c: AppContext): Promise<void> {
  const { now } = c.var;
  const limit = { name: 'staff-link', limit: LINKS_PER_HOUR, now };
  if (!(await takeTry(c.env.DB, limit))) return;
  const id = crypto.randomUUID();
  const subjectId = `staff-link:${id}`;
  const mail = {
    id,
    kind: 'staff-link' as const,
    subjectId,
    dedupeKey: subjectId,
    dueAt: now,
    now,
  };
  await insertSystemMail(c.env.DB, mail).run();
  wakeDeliveries(c, [id]);
}

function answerForm(
  c: AppContext,
  { status, ...words }: { status: 200 | 422; notice?: string; warning?: string },
): Promise<Response> {
  const title = 'Liên kết cho nhân viên';
  return answerPage(c, {
    path: '/viec/',
    status,
    keeping: 'personal',
    data: { title, notice: null, warning: null, ...words },
  });
}
