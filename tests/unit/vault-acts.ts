import { parseBookingRequest } from '../../shared/forms/booking.ts';
import { parseContactMessage } from '../../shared/forms/contact.ts';
import { acceptBooking } from '../../worker/records/accept-booking.ts';
import { acceptMessage } from '../../worker/records/accept-message.ts';
import { eraseRecord } from '../../worker/personal-data/erase.ts';
import {
  transitionBooking,
  type TransitionRequest,
} from '../../worker/records/booking-transition.ts';
import {
  transitionMessage,
  type MessageTransitionRequest,
} from '../../worker/records/message-transition.ts';
import { purge } from '../../worker/personal-data/purge.ts';
import { destroyErasedKeys, reconcileKeys } from '../../worker/personal-data/key-reconciliation.ts';
import { findBooking } from '../../worker/store/bookings.ts';
import { findMessage } from '../../worker/store/messages.ts';
import { openRightsRequest } from '../../worker/store/rights-requests.ts';
import type { Gate } from './sqlite-d1.ts';
import { LATE, makeEnv, NOW, setClock } from './vault-house.ts';

/** Something that can happen to a record, as its page or the clock makes it happen. */
export type Act = (env: Env, id: string, gate: Gate) => Promise<unknown>;

const visit = {
  service: 've-sinh-nha-o',
  ward: '16690',
  address: '12 ngõ 5 đường Lê Hồng Phong',
  date: '2026-11-25',
  window: 'sang',
  phone: '0912 345 678',
  consent: 'yes',
};

/** Sends a booking. */
export function book(env: Env, name: string, holdReason: string | null = null) {
  const parsed = parseBookingRequest({ ...visit, name });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { request } = parsed;
  return acceptBooking(env, { request, origin: 'web', intent: null, holdReason, now: NOW });
}

/** Sends a contact message. */
export function write(env: Env, name: string, holdReason: string | null = null) {
  const parsed = parseContactMessage({
    kind: 'privacy',
    name,
    phone: '0912 345 678',
    message: 'Xin xóa số điện thoại của tôi.',
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return acceptMessage(env, { message: parsed.message, intent: null, holdReason, now: NOW });
}

/** Has an erasure asked for that the purge is to carry out. */
export function askToErase(env: Env, id: string) {
  return openRightsRequest(env.DB, {
    id: 'asked',
    subjectId: id,
    kind: 'erase',
    firstReplyDue: '2026-11-26',
    dueOn: '2026-12-13',
    createdAt: NOW,
  });
}

const move =
  (asked: Pick<TransitionRequest, 'move' | 'actor' | 'start' | 'person'>): Act =>
  async (env, id) =>
    moveAt(env, { id, now: NOW, ...asked });

async function moveAt(env: Env, asked: Omit<TransitionRequest, 'booking'> & { id: string }) {
  const booking = await findBooking(env.DB, asked.id);
  return booking === null ? 'unknown' : transitionBooking(env, { ...asked, booking });
}

const moveIt =
  (asked: Pick<MessageTransitionRequest, 'move' | 'actor'>): Act =>
  async (env, id) => {
    const message = await findMessage(env.DB, id);
    if (message === null) return 'unknown';
    return transitionMessage(env, { message, ...asked, now: NOW });
  };

/** The clock comes when the end has passed. */
const late =
  (clock: (env: Env, now: Date, id: string) => Promise<unknown>): Act =>
  async (env, id, gate) => {
    await gate('time passes', () => setClock(LATE));
    return clock(env, LATE, id);
  };

const person = {
  name: 'Nguyễn Thị Lan Anh',
  phone: '+84912345670',
  retiredPhone: null,
  email: null,
  address: '14 ngõ 5',
  note: null,
  message: null,
};

/** What happens to any record. */
const common: Readonly<Record<string, Act>> = {
  erase: (env, id) => eraseRecord(env, { id, cause: 'request', actor: 'customer', now: NOW }),
  reconcile: (env) => reconcileKeys(env, NOW),
  purge: (env) => purge(env, NOW),
};

/** What happens to a booking. */
export const bookingActs: Readonly<Record<string, Act>> = {
  ...common,
  confirm: move({ move: 'confirm', actor: 'staff' }),
  'undo the confirm': move({ move: 'undoConfirm', actor: 'staff' }),
  decline: move({ move: 'decline', actor: 'staff' }),
  'undo the decline': move({ move: 'undoDecline', actor: 'staff' }),
  cancel: move({ move: 'cancel', actor: 'customer' }),
  reschedule: move({
    move: 'reschedule',
    actor: 'customer',
    start: { date: '2026-11-27', window: 'sang' },
  }),
  correct: move({ move: 'correct', actor: 'customer', person }),
  release: move({ move: 'release', actor: 'staff' }),
  drop: move({ move: 'drop', actor: 'system' }),
  submit: (env) => book(env, 'Trần Văn Bình'),
};

/** What happens to a contact message. */
export const messageActs: Readonly<Record<string, Act>> = {
  ...common,
  answer: moveIt({ move: 'answer', actor: 'staff' }),
  close: moveIt({ move: 'close', actor: 'staff' }),
  release: moveIt({ move: 'release', actor: 'staff' }),
  drop: moveIt({ move: 'drop', actor: 'system' }),
  submit: (env) => write(env, 'Trần Văn Bình'),
};

/** What the clock does once a near end has passed. */
export const lateActs: Readonly<Record<string, Act>> = {
  'reconcile late': late(reconcileKeys),
  'purge late': late(purge),
  'drop late': late((env, now, id) => moveAt(env, { id, move: 'drop', actor: 'system', now })),
};

/** The clock an hour later, with all stores answering: it must have brought everything together. */
export async function runTheClock(now: Date): Promise<{ missing: number; failed: number }> {
  const env = makeEnv();
  setClock(now);
  await destroyErasedKeys(env, now);
  const { missing, failed } = await reconcileKeys(env, now);
  const emptied = await purge(env, now);
  return { missing, failed: failed + emptied.failed };
}
