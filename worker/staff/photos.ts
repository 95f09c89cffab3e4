import { Hono } from 'hono';
import { listPhotos } from '../personal-data/photo-store.ts';
import { answerDeletion, answerPhoto, answerReceived, answerRefused } from '../photos/answer.ts';
import { takesPhotos } from '../photos/page-data.ts';
import { receivePhotos } from '../photos/receive.ts';
import { GONE, NOT_NOW } from '../photos/words.ts';
import { entryOf, type FoundRecord } from '../records/find-record.ts';
import { insertDisclosures } from '../store/disclosures.ts';
import type { AppContext, AppEnv } from '../web/context.ts';
import { detailsOpenUntil } from '../web/details-cookie.ts';
import { answerNotFound, parentOf } from '../web/pages.ts';
import { answerProblem } from '../web/problems.ts';
import { openStaffRecord, selfPath } from './access.ts';
import { answerJobPage } from './job-page.ts';
import { answerMessagePage } from './message-page.ts';

/** The answer where the details are not open. */
export const hiddenPhotos = {
  status: 403,
  title: 'Ảnh chưa mở',
  detail: 'Mở lại trang của việc và bấm Xem thông tin liên hệ của khách, ảnh hiện trong 30 phút.',
  staff: true,
} as const;

/** `/viec/<token>/anh/`: the pictures of a record for staff, while its details are open; they add and delete their own. */
export const staffPhotoRoutes = new Hono<AppEnv>()
  .post('/:token/anh', (c) => receive(c))
  .post('/:token/anh/', (c) => receive(c))
  .get('/:token/anh/', (c) => c.redirect(parentOf(c.req.url), 303))
  .get('/:token/anh/:id{[0-9a-f-]{36}}', async (c) => {
    const opened = await openForStaff(c);
    if ('answer' in opened) return opened.answer;
    const answer = await answerPhoto(c, entryOf(opened.record));
    if (answer.ok) await writePhotoOpening(c, entryOf(opened.record).id, opened.until);
    return answer;
  })
  .post('/:token/anh/:id{[0-9a-f-]{36}}/xoa', async (c) => {
    const opened = await openForStaff(c);
    if ('answer' in opened) return opened.answer;
    const { id } = entryOf(opened.record);
    const photo = (await listPhotos(c.env, id)).find((one) => one.id === c.req.param('id'));
    if (photo === undefined || photo.side === 'customer') return answerNotFound(c);
    return answerDeletion(c, id, wayBack(c, opened.record));
  });

async function receive(c: AppContext): Promise<Response> {
  const opened = await openForStaff(c);
  if ('answer' in opened) return opened.answer;
  const { record } = opened;
  const way = wayBack(c, record);
  const { id, erasedAt } = entryOf(record);
  if (!takesPhotos(record)) {
    const refusal = erasedAt === null ? ([NOT_NOW, 409] as const) : ([GONE, 410] as const);
    return answerRefused(c, { notice: refusal[0], status: refusal[1] }, way.answerNotice);
  }
  const had = await listPhotos(c.env, id);
  return answerReceived(c, await receivePhotos(c, { recordId: id, by: 'staff', had }), way);
}

async function openForStaff(
  c: AppContext,
): Promise<{ record: FoundRecord; until: Date } | { answer: Response }> {
  const record = await openStaffRecord(c);
  if (record.kind === 'refused') return record;
  if (record.kind === 'plan') return { answer: await c.notFound() };
  const until = await detailsOpenUntil(c, { reader: 'viec', id: entryOf(record).id });
  return until === null ? { answer: await answerProblem(c, hiddenPhotos) } : { record, until };
}

/** Writes into the ledger that staff saw pictures: one row for each opening of the details, counted up picture by picture. */
export async function writePhotoOpening(
  c: AppContext,
  subjectId: string,
  until: Date,
): Promise<void> {
  const opening = {
    id: `photos-${subjectId}-${until.toISOString()}`,
    subjectId,
    recipient: 'office' as const,
    kind: 'photos',
    fields: ['photos'] as const,
    result: 'opened' as const,
    at: c.var.now,
  };
  await insertDisclosures(c.env.DB, [opening]).run();
}

function wayBack(c: AppContext, record: FoundRecord) {
  const self = selfPath(c, entryOf(record));
  return {
    back: (said: string) => `${self}?${said}#anh`,
    answerNotice: (notice: Parameters<typeof answerJobPage>[2]) =>
      record.kind === 'booking'
        ? answerJobPage(c, record.booking, notice)
        : answerMessagePage(c, record.message, notice),
  };
}
