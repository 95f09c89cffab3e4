import { crews } from '../../../shared/content/catalogue.ts';
import type { RawFields } from '../../../shared/forms/fields.ts';
import { lengthOf, tidyLine } from '../../../shared/text.ts';
import { formatShortDate, toVietnamDate } from '../../../shared/time.ts';
import {
  type AddOutcome,
  addPhone,
  newestPublicKey,
  openPhones,
  PHONE_NAME_MAX_LENGTH,
} from '../../push/phones.ts';
import { feedPath, isWeekActionToken } from '../../signing/staff-links.ts';
import { feedKind, findEpochs } from '../../store/link-epochs.ts';
import { deletePhones, PHONES_MAX } from '../../store/phones.ts';
import type { AppContext } from '../../web/context.ts';
import { answerProblem, answerUnread, type Problem } from '../../web/problems.ts';
import { readJson } from '../../web/read-fields.ts';
import { outcomeNotices } from '../../wording/outcomes.ts';
import { type ActionResult, NOT_CHOSEN } from './notices.ts';

/** What a phone is given: the calendar's address, and where push is on the phones that are told, with the way to add this one. */
export async function devicesData(c: AppContext, weekToken: string) {
  const { staffSigning } = c.var;
  const pushKey = newestPublicKey(c.env);
  const feeds = [null, ...crews.map(({ id }) => id)];
  const [epochs, phones] = await Promise.all([
    findEpochs(c.env.DB, feeds.map(feedKind)),
    pushKey === null ? [] : openPhones(c.env),
  ]);
  const { host } = new URL(c.env.PUBLIC_ORIGIN);
  const feedHref = async (crew: string | null) =>
    `webcal://${host}${await feedPath({ ...staffSigning, epoch: epochs[feeds.indexOf(crew)] ?? 0 }, crew)}`;
  return {
    feedHref: await feedHref(null),
    crewFeeds: await Promise.all(
      crews.map(async ({ id, name }) => ({ name, href: await feedHref(id) })),
    ),
    pushKey,
    pushAction: `/viec/lich/${weekToken}/thiet-bi/`,
    removePhoneAction: `/viec/lich/${weekToken}/thiet-bi/go/`,
    phones: phones.map(({ id, name, createdAt }) => ({
      id,
      label: `${name}, thêm ngày ${formatShortDate(toVietnamDate(createdAt))}`,
    })),
  };
}

const NAME_WANTED = `Đặt tên cho điện thoại, không quá ${PHONE_NAME_MAX_LENGTH} ký tự.`;

const refusals: Readonly<Record<Exclude<AddOutcome, 'added'>, Problem>> = {
  off: {
    status: 422,
    title: 'Chưa thêm điện thoại',
    detail:
      'Trang này không còn báo qua điện thoại, hoặc khóa báo vừa đổi. Tải lại trang rồi thêm.',
  },
  refused: {
    status: 422,
    title: 'Chưa thêm điện thoại',
    detail:
      'Trình duyệt này báo qua nơi mà trang không nhận. Dùng Chrome, Safari, Firefox hoặc Edge.',
  },
  unnamed: { status: 422, title: 'Chưa thêm điện thoại', detail: NAME_WANTED },
  full: {
    status: 409,
    title: 'Chưa thêm điện thoại',
    detail: `Đã đủ ${PHONES_MAX} điện thoại. Gỡ một máy không dùng nữa rồi thêm lại.`,
  },
};

/** `POST …/thiet-bi/`: adds the phone that the page's script subscribed, or renews it. Only a script sends JSON, never a form. */
export async function answerAddPhone(c: AppContext, weekToken: string): Promise<Response> {
  const read = await readJson(c.req.raw);
  if (!read.ok) return answerUnread(c, read);
  const { data } = read;
  const token = typeof data['token'] === 'string' ? data['token'] : '';
  if (!(await isWeekActionToken(c.var.staffSigning, token, weekToken))) {
    const { status, notice: detail } = outcomeNotices.expired;
    return answerProblem(c, { status, title: 'Chưa thêm điện thoại', detail });
  }
  const name = typeof data['name'] === 'string' ? tidyLine(data['name']) : '';
  const asked = {
    name,
    subscription: data['subscription'] ?? data,
    publicKey: data['publicKey'] ?? newestPublicKey(c.env),
  };
  const isLong = lengthOf(name) > PHONE_NAME_MAX_LENGTH;
  const outcome = isLong ? 'unnamed' : await addPhone(c.env, asked, c.var.now);
  if (outcome !== 'added') {
    const errors = outcome === 'unnamed' ? [{ field: 'name', message: NAME_WANTED }] : [];
    return answerProblem(c, refusals[outcome], { errors });
  }
  return c.json({ added: true }, 201, { 'Cache-Control': 'private, no-store' });
}

export async function removePhone(c: AppContext, fields: RawFields): Promise<ActionResult> {
  const id = fields['device'] ?? '';
  if (id === '') return { notice: NOT_CHOSEN, status: 422 };
  const removed = await deletePhones(c.env.DB, [id]);
  return { done: removed > 0 ? 'go-may' : 'go-may-roi', part: 'dien-thoai' };
}
