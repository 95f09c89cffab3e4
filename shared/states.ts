export const bookingStates = [
  'held',
  'requested',
  'confirmed',
  'completed',
  'no-show',
  'declined',
  'lapsed',
  'cancelled',
  'dropped',
] as const;

export type BookingState = (typeof bookingStates)[number];

export const messageStates = ['held', 'open', 'answered', 'closed', 'dropped'] as const;

export type MessageState = (typeof messageStates)[number];

/** A plan follows its first visit until that is confirmed; then it is active, paused until a day, or ended. */
export const planStates = ['held', 'requested', 'active', 'paused', 'ended'] as const;

export type PlanState = (typeof planStates)[number];

/** Who changed a record; a crew does so by the link to its day. */
export const actors = ['customer', 'staff', 'company', 'crew', 'system'] as const;

export type Actor = (typeof actors)[number];

/** States of a booking whose visit may still come. */
export const liveStates = [
  'held',
  'requested',
  'confirmed',
] as const satisfies readonly BookingState[];

export function isLive(state: BookingState): boolean {
  const live: readonly BookingState[] = liveStates;
  return live.includes(state);
}

/** States of a message that nobody has answered or refused yet. */
export const liveMessageStates = ['held', 'open'] as const satisfies readonly MessageState[];

/** Minutes in which staff can undo a confirm or decline; dispatch is notified after them. */
export const UNDO_MINUTES = 10;

/** Hours in which staff can undo that a visit took place, that the customer was away, or their own cancellation. */
export const UNDO_HOURS = 24;

/**
 * What can happen to a booking: the states it may start from and the one it ends in (`null` keeps the state, `former` is the one
 * before its newest event). `within`: only so long after it entered its state.
 */
export const bookingTransitions = {
  confirm: { from: ['requested'], to: 'confirmed' },
  undoConfirm: { from: ['confirmed'], to: 'requested', within: { minutes: UNDO_MINUTES } },
  decline: { from: ['requested'], to: 'declined' },
  undoDecline: { from: ['declined'], to: 'requested', within: { minutes: UNDO_MINUTES } },
  reschedule: { from: liveStates, to: null },
  correct: { from: liveStates, to: null },
  unreachable: { from: ['requested'], to: null },
  assign: { from: ['requested', 'confirmed'], to: null },
  onTheWay: { from: ['confirmed'], to: null },
  atWork: { from: ['confirmed'], to: null },
  complete: { from: ['confirmed'], to: 'completed' },
  noShow: { from: ['confirmed'], to: 'no-show' },
  undoResult: { from: ['completed', 'no-show'], to: 'confirmed', within: { hours: UNDO_HOURS } },
  cancel: { from: ['requested', 'confirmed'], to: 'cancelled' },
  undoCancel: { from: ['cancelled'], to: 'former', within: { hours: UNDO_HOURS } },
  lapse: { from: ['requested'], to: 'lapsed' },
  setAside: { from: ['requested'], to: 'held' },
  release: { from: ['held'], to: 'requested' },
  drop: { from: ['held'], to: 'dropped' },
  price: { from: ['confirmed', 'completed'], to: null },
  agree: { from: ['requested', 'confirmed', 'completed'], to: null },
  pay: { from: ['confirmed', 'completed'], to: null },
  undoPay: { from: ['confirmed', 'completed'], to: null },
  rate: { from: ['completed'], to: null },
} as const satisfies Record<string, TransitionRule>;

interface TransitionRule {
  from: readonly BookingState[];
  to: BookingState | 'former' | null;
  within?: { minutes: number } | { hours: number };
}

export type BookingTransition = keyof typeof bookingTransitions;

export const messageTransitions = {
  answer: { from: ['open'], to: 'answered' },
  close: { from: ['open', 'answered'], to: 'closed' },
  release: { from: ['held'], to: 'open' },
  drop: { from: ['held'], to: 'dropped' },
} as const satisfies Record<string, { from: readonly MessageState[]; to: MessageState }>;

export type MessageTransition = keyof typeof messageTransitions;

/** The state as its sender reads it. They must not learn that a request is held, so it reads like a new one. */
export const bookingStateNames: Readonly<Record<BookingState, string>> = {
  held: 'Đã nhận, chờ xác nhận',
  requested: 'Đã nhận, chờ xác nhận',
  confirmed: 'Đã xác nhận',
  completed: 'Đã làm xong',
  'no-show': 'Đội đến, không gặp anh/chị',
  declined: 'Chưa nhận làm được',
  lapsed: 'Quá ngày, chưa xác nhận',
  cancelled: 'Đã hủy',
  dropped: 'Chưa liên lạc được, đã đóng',
};

/** The state of a message as its sender reads it. */
export const messageStateNames: Readonly<Record<MessageState, string>> = {
  held: 'Đã nhận',
  open: 'Đã nhận',
  answered: 'Đã trả lời',
  closed: 'Đã kết thúc',
  dropped: 'Đã kết thúc',
};

/** The time in which a move may follow the entry into its state; undefined where it always may. */
export function limitOf(move: BookingTransition): TransitionRule['within'] {
  const rule: TransitionRule = bookingTransitions[move];
  return rule.within;
}

/** Whether a move may start from a state. */
export function canTransition(state: BookingState, move: BookingTransition): boolean {
  const from: readonly BookingState[] = bookingTransitions[move].from;
  return from.includes(state);
}

/** Whether a message's move may start from a state. */
export function canTransitionMessage(state: MessageState, move: MessageTransition): boolean {
  const from: readonly MessageState[] = messageTransitions[move].from;
  return from.includes(state);
}
