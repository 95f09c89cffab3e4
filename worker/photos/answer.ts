import * as v from 'valibot';
import { readFields } from '../web/read-fields.ts';
import { deletePhoto, openPhotos } from '../personal-data/photo-store.ts';
import type { AppContext } from '../web/context.ts';
import { answerProblem, answerUnread, problemJson, problems, wantsHtml } from '../web/problems.ts';
import type { Received } from './receive.ts';
import {
  type FileError,
  faultLine,
  faultStatus,
  isFileFault,
  NO_FILE,
  SURE_FIRST,
  TOO_LARGE,
} from './words.ts';

/** A page that answers with a sentence. */
type AnswerNotice = (notice: {
  notice: string;
  status: 400 | 403 | 409 | 410 | 413 | 415 | 422 | 429 | 503;
}) => Promise<Response>;

/** Where a post leads: the page's address with a query that says what was done, or the page with a sentence. */
export interface WayBack {
  back: (said: string) => string;
  answerNotice: AnswerNotice;
}

/** Statuses and words of a post of which nothing could be read. */
const unread = {
  wrongType: { status: 415, notice: NO_FILE },
  nothing: { status: 422, notice: NO_FILE },
  tooLarge: { status: 413, notice: TOO_LARGE },
} as const;

/**
 * Answers a post of pictures: 303 back to the page (201 for a program) where one was kept; else the page with a sentence for each
 * file. `back` is the page's address with what it shall say.
 */
export async function answerReceived(
  c: AppContext,
  received: Received,
  { back, answerNotice }: WayBack,
): Promise<Response> {
  const isRead = received.outcome === 'read';
  const { photos, errors } = isRead ? received : { photos: [], errors: [] };
  const told = errors.map((error) => ({ index: error.index, message: faultLine(error) }));
  if (photos.length > 0) {
    return wantsHtml(c)
      ? c.redirect(back(`anh=${photos.length}${faultQuery(errors)}`), 303)
      : c.json({ photos, errors: told }, 201, { 'Cache-Control': 'private, no-store' });
  }
  const { status, notice } = isRead
    ? { status: faultStatus(errors), notice: told.map(({ message }) => message).join(' ') }
    : unread[received.outcome];
  if (wantsHtml(c)) return answerNotice({ notice, status });
  return problemJson(
    c,
    { status, title: 'Chưa nhận được ảnh', detail: notice },
    { photos, errors: told },
  );
}

/** Answers a post that the record does not take. */
export function answerRefused(
  c: AppContext,
  { notice, status }: { notice: string; status: 403 | 409 | 410 },
  answerNotice: AnswerNotice,
): Promise<Response> {
  if (wantsHtml(c)) return answerNotice({ notice, status });
  const problem = { status, title: 'Chưa nhận được ảnh', detail: notice };
  return Promise.resolve(problemJson(c, problem, { photos: [], errors: [] }));
}

function faultQuery(errors: readonly FileError[]): string {
  return errors.length === 0
    ? ''
    : `&loi=${errors.map(({ index, fault }) => `${index}.${fault}`).join('_')}`;
}

const CountSchema = v.pipe(v.string(), v.regex(/^\d{1,2}$/), v.toNumber());

/** What the page says after a post of pictures or a deletion, by its address; null where there was none. */
export function photoNotice(c: AppContext): string | null {
  const said = c.req.query('anh');
  if (said === 'xoa') return 'Đã xóa ảnh.';
  const count = v.safeParse(CountSchema, said);
  if (!count.success) return null;
  const errors = (c.req.query('loi') ?? '').split('_', 12).flatMap((text): FileError[] => {
    const [index, fault = ''] = text.split('.');
    const place = v.safeParse(CountSchema, index);
    return place.success && isFileFault(fault) ? [{ index: place.output, fault }] : [];
  });
  return [`Đã nhận ${count.output} ảnh.`, ...errors.map(faultLine)].join(' ');
}

/** Answers with a picture of a record. `tai` in the address saves it as a file. */
export async function answerPhoto(
  c: AppContext,
  { id: recordId, code }: { id: string; code: string },
): Promise<Response> {
  const id = c.req.param('id') ?? '';
  const [photo] = (await openPhotos(c.env, recordId, [id])) ?? [];
  if (photo === undefined) return answerProblem(c, problems.notFound);
  const kind = c.req.query('tai') === undefined ? 'inline' : 'attachment';
  return c.body(photo.bytes, 200, {
    'Content-Type': 'image/webp',
    'Content-Disposition': `${kind}; filename="anh-${code}-${id.slice(0, 4)}.webp"`,
    'Cache-Control': 'private, no-store',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Robots-Tag': 'noindex',
  });
}

/** Deletes the picture of the address once its radio was chosen by hand, and goes back to the page. */
export async function answerDeletion(
  c: AppContext,
  recordId: string,
  { back, answerNotice }: WayBack,
): Promise<Response> {
  const read = await readFields(c.req.raw, ['sure']);
  if (!read.ok) return answerUnread(c, read);
  if (read.fields['sure'] !== 'yes') return answerNotice({ notice: SURE_FIRST, status: 422 });
  await deletePhoto(c.env, recordId, c.req.param('id') ?? '');
  return c.redirect(back('anh=xoa'), 303);
}
