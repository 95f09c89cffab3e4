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
import { acceptBookingForm, acceptContactForm, NOW } from '../../worker/test/fixtures.ts';
import type { Gate } from './sqlite-d1.ts';
import { LATE, makeEnv, setTime } from './key-stores.ts';

/** Something that a page or a cron task does with a record. */
export type Action = (env: Env, id: string, gate: Gate) => Promise<unknown>;

/** Sends a booking. */
export function book(env: Env, name: string, holdReason: string | null = null) {
  return acceptBookingForm(env, { name }, { holdReason });
}

/** Sends a request about personal data. */
export function write(env: Env, name: string, holdReason: string | null = null) {
  return acceptContactForm(env, { kind: 'privacy', name }, { holdReason });
}

/** Stores a request for erasure, which the purge carries out. */
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

const moveBooking =
  (asked: Pick<TransitionRequest, 'transition' | 'actor' | 'start' | 'person'>): Action =>
  async (env, id) =>
    moveAt(env, { id, now: NOW, ...asked });

async function moveAt(env: Env, asked: Omit<TransitionRequest, 'booking'> & { id: string }) {
  const booking = await findBooking(env.DB, asked.id);
  return booking === null ? 'unknown' : transitionBooking(env, { ...asked, booking });
}

const moveMessage =
  (asked: Pick<MessageTransitionRequest, 'transition' | 'actor'>): Action =>
  async (env, id) => {
    const message = await findMessage(env.DB, id);
    if (message === null) return 'unknown';
    return transitionMessage(env, { message, ...asked, now: NOW });
  };

/** A task that runs once the end has passed. */
const late =
  (task: (env: Env, now: Date, id: string) => Promise<unknown>): Action =>
  async (env, id, gate) => {
    await gate('time passes', () => setTime(LATE));
    return task(env, LATE, id);
  };

const person = {
  name: 'Nguyễn Thị Lan Anh',
  phone: '+84912345670',
  retiredPhone: null,
  formerPhone: null,
  email: null,
  address: '14 ngõ 5',
  note: null,
  staffNote: null,
  message: null,
  covers: null,
  agreedCovers: null,
  ratingWords: null,
};

/** Actions on any record. */
const common: Readonly<Record<string, Action>> = {
  erase: (env, id) => eraseRecord(env, { id, cause: 'request', actor: 'customer', now: NOW }),
  reconcile: (env) => reconcileKeys(env, NOW),
  purge: (env) => purge(env, NOW),
};

/** Actions on a booking. */
export const bookingActions: Readonly<Record<string, Action>> = {
  ...common,
  confirm: moveBooking({ transition: 'confirm', actor: 'staff' }),
  'undo the confirm': moveBooking({ transition: 'undoConfirm', actor: 'staff' }),
  decline: moveBooking({ transition: 'decline', actor: 'staff' }),
  'undo the decline': moveBooking({ transition: 'undoDecline', actor: 'staff' }),
  cancel: moveBooking({ transition: 'cancel', actor: 'customer' }),
  reschedule: moveBooking({
    transition: 'reschedule',
    actor: 'customer',
    start: { date: '2026-11-27', window: 'sang' },
  }),
  correct: moveBooking({ transition: 'correct', actor: 'customer', person }),
  release: moveBooking({ transition: 'release', actor: 'staff' }),
  drop: moveBooking({ transition: 'drop', actor: 'system' }),
  submit: (env) => book(env, 'Trần Văn Bình'),
};

/** Actions on a contact message. */
export const messageActions: Readonly<Record<string, Action>> = {
  ...common,
  answer: moveMessage({ transition: 'answer', actor: 'staff' }),
  close: moveMessage({ transition: 'close', actor: 'staff' }),
  release: moveMessage({ transition: 'release', actor: 'staff' }),
  drop: moveMessage({ transition: 'drop', actor: 'system' }),
  submit: (env) => write(env, 'Trần Văn Bình'),
};

/** Tasks that run once a near end has passed. */
export const lateActions: Readonly<Record<string, Action>> = {
  'reconcile late': late(reconcileKeys),
  'purge late': late(purge),
  'drop late': late((env, now, id) =>
    moveAt(env, { id, transition: 'drop', actor: 'system', now }),
  ),
};

/** Runs the tasks that repair keys, with all stores answering. */
export async function runKeyTasks(now: Date): Promise<{ missing: number; failed: number }> {
  const env = makeEnv();
  setTime(now);
  await destroyErasedKeys(env, now);
  const { missing, failed } = await reconcileKeys(env, now);
  const emptied = await purge(env, now);
  return { missing, failed: failed + emptied.failed };
}
