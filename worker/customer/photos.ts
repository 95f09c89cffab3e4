import { Hono } from 'hono';
import { listPhotos } from '../personal-data/photo-store.ts';
import { answerDeletion, answerPhoto, answerReceived, answerRefused } from '../photos/answer.ts';
import { takesPhotos } from '../photos/page-data.ts';
import { receivePhotos } from '../photos/receive.ts';
import { GONE, NOT_NOW } from '../photos/words.ts';
import { entryOf } from '../records/find-record.ts';
import { insertPhotoMail } from '../store/photo-mails.ts';
import type { AppContext, AppEnv } from '../web/context.ts';
import { answerNotFound, parentOf } from '../web/pages.ts';
import { answerProblem } from '../web/problems.ts';
import {
  canShowDetails,
  type OpenedBooking,
  type OpenedMessage,
  openCustomerRecord,
} from './access.ts';
import { answerMessageStatus } from './message-page.ts';
import { answerBookingStatus } from './page.ts';
import { answerView } from './view-page.ts';

const NEEDS_NUMBER = 'Muốn gửi hoặc xem ảnh, anh/chị mở trang này bằng cả số điện thoại đã để lại.';
const VIEW_ONLY =
  'Đường dẫn được chia sẻ chỉ xem được tình trạng, ngày và giờ, không gửi ảnh được.';
const hidden = {
  status: 403,
  title: 'Ảnh chưa mở',
  detail: 'Anh/chị mở lại trang của đơn hoặc tin nhắn rồi bấm Xem đầy đủ, ảnh hiện trong 30 phút.',
} as const;

/** `/don/<code>/anh/`: pictures that the sender adds, sees and deletes. */
export const customerPhotoRoutes = new Hono<AppEnv>()
  .post('/:code/anh', (c) => receive(c))
  .post('/:code/anh/', (c) => receive(c))
  // A refused post leaves this address behind, and whoever asks for it again means the page.
  .get('/:code/anh/', (c) => c.redirect(parentOf(c.req.url), 303))
  .get('/:code/anh/:id{[0-9a-f-]{36}}', async (c) => {
    const record = await openCustomerRecord(c);
    if (record.kind === 'refused') return record.answer;
    if (record.kind === 'plan') return answerNotFound(c);
    return record.link.isShown ? answerPhoto(c, entryOf(record)) : answerProblem(c, hidden);
  })
  .post('/:code/anh/:id{[0-9a-f-]{36}}/xoa', async (c) => {
    const record = await openCustomerRecord(c);
    if (record.kind === 'refused') return record.answer;
    if (record.kind === 'plan') return answerNotFound(c);
    if (!record.link.isShown) return answerProblem(c, hidden);
    return answerDeletion(c, entryOf(record).id, wayBack(c, record));
  });

async function receive(c: AppContext): Promise<Response> {
  const record = await openCustomerRecord(c);
  if (record.kind === 'refused') return record.answer;
  if (record.kind === 'plan') return answerNotFound(c);
  const way = wayBack(c, record);
  const refusal = refuse(record);
  if (refusal !== null) return answerRefused(c, refusal, way.answerNotice);
  const { id } = entryOf(record);
  const had = await listPhotos(c.env, id);
  const received = await receivePhotos(c, { recordId: id, by: 'customer', had });
  if (received.outcome === 'read' && received.photos.length > 0) {
    await insertPhotoMail(c.env.DB, { kind: record.kind, id }, c.var.now).run();
  }
  return answerReceived(c, received, way);
}

function refuse(record: OpenedBooking | OpenedMessage) {
  if (record.link.scope === 'view') return { notice: VIEW_ONLY, status: 403 } as const;
  if (!canShowDetails(record.link)) return { notice: NEEDS_NUMBER, status: 403 } as const;
  if (entryOf(record).erasedAt !== null) return { notice: GONE, status: 410 } as const;
  return takesPhotos(record) ? null : ({ notice: NOT_NOW, status: 409 } as const);
}

function wayBack(c: AppContext, record: OpenedBooking | OpenedMessage) {
  return {
    back: (said: string) => `${record.link.self}&${said}#anh`,
    answerNotice: (notice: Parameters<typeof answerBookingStatus>[2]) => {
      if (record.kind === 'message') return answerMessageStatus(c, record, notice);
      return record.link.scope === 'view'
        ? answerView(c, record, 403)
        : answerBookingStatus(c, record, notice);
    },
  };
}
