import { Hono } from 'hono';
import { listPhotos } from '../../personal-data/photo-store.ts';
import { answerDeletion, answerPhoto, answerReceived, answerRefused } from '../../photos/answer.ts';
import { photosOf } from '../../photos/page-data.ts';
import { receivePhotos } from '../../photos/receive.ts';
import type { Booking } from '../../store/bookings.ts';
import type { AppContext, AppEnv } from '../../web/context.ts';
import { answerNotFound, parentOf } from '../../web/pages.ts';
import { answerProblem } from '../../web/problems.ts';
import { hiddenPhotos, writePhotoOpening } from '../photos.ts';
import { openLink, refuseLink } from './link.ts';
import { type Day, dayOpenUntil, readDay, selfPath } from './day.ts';
import { answerDay } from './page.ts';
import { takesCrewPhotos } from './photo-data.ts';

const NOT_TODAY =
  'Việc này chỉ nhận ảnh của đội trong ngày làm. Ảnh chụp ngày khác gửi về văn phòng.';

/** `/viec/ngay/<date>/<token>/anh/?job=<id>`: pictures that a crew takes of its own job on its day, sees and deletes. */
export const crewPhotoRoutes = new Hono<AppEnv>()
  .post('/:date/:token/anh', (c) => receive(c))
  .post('/:date/:token/anh/', (c) => receive(c))
  .get('/:date/:token/anh/', (c) => c.redirect(parentOf(c.req.url), 303))
  .get('/:date/:token/anh/:id{[0-9a-f-]{36}}', async (c) => {
    const opened = await openOwnPhoto(c);
    if ('answer' in opened) return opened.answer;
    const answer = await answerPhoto(c, opened.job);
    if (answer.ok) await writePhotoOpening(c, opened.job.id, opened.until);
    return answer;
  })
  .post('/:date/:token/anh/:id{[0-9a-f-]{36}}/xoa', async (c) => {
    const opened = await openOwnPhoto(c);
    if ('answer' in opened) return opened.answer;
    return answerDeletion(c, opened.job.id, wayBack(c, opened.day));
  });

type Opened = { day: Day; job: Booking } | { answer: Response };

/** The crew's own job that the address names. */
async function openJob(c: AppContext): Promise<Opened> {
  const view = await openLink(c);
  if (view === null) return { answer: await refuseLink(c) };
  const day = view.crew === null ? null : await readDay(c.env.DB, view);
  const job = day?.jobs.find(({ id }) => id === c.req.query('job'));
  return day === null || job === undefined ? { answer: await answerNotFound(c) } : { day, job };
}

async function receive(c: AppContext): Promise<Response> {
  const opened = await openJob(c);
  if ('answer' in opened) return opened.answer;
  const { day, job } = opened;
  const way = wayBack(c, day);
  if (!takesCrewPhotos(c, day, job)) {
    return answerRefused(c, { notice: NOT_TODAY, status: 409 }, way.answerNotice);
  }
  const had = await listPhotos(c.env, job.id);
  return answerReceived(c, await receivePhotos(c, { recordId: job.id, by: 'crew', had }), way);
}

async function openOwnPhoto(
  c: AppContext,
): Promise<{ day: Day; job: Booking; until: Date } | { answer: Response }> {
  const opened = await openJob(c);
  if ('answer' in opened) return opened;
  const until = await dayOpenUntil(c, opened.day);
  if (until === null) return { answer: await answerProblem(c, hiddenPhotos) };
  const own = photosOf(await listPhotos(c.env, opened.job.id), 'crew');
  return own.some(({ id }) => id === c.req.param('id'))
    ? { ...opened, until }
    : { answer: await answerNotFound(c) };
}

function wayBack(c: AppContext, day: Day) {
  return {
    back: (said: string) => `${selfPath(day)}?${said}`,
    answerNotice: (notice: Parameters<typeof answerDay>[2]) => answerDay(c, day, notice),
  };
}
