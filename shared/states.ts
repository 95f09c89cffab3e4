/** States of a booking. */
export const bookingStates = [
  'held',
  'requested',
  'confirmed',
  'completed',
  'declined',
  'lapsed',
  'cancelled',
  'dropped',
] as const;

/** A state of a booking. */
export type BookingState = (typeof bookingStates)[number];

/** States of a contact message. */
export const messageStates = ['held', 'open', 'answered', 'closed', 'dropped'] as const;

/** A state of a contact message. */
export type MessageState = (typeof messageStates)[number];

/** Who did something. */
export type Actor = 'customer' | 'staff' | 'company' | 'system';

/** Minutes in which staff can undo a confirm or decline, and before which dispatch is not told of it. */
export const UNDO_MINUTES = 10;

/** What can happen to a booking: the states it may start from and the one it ends in (`null` keeps the state). */
export const bookingTransitions = {
  confirm: { from: ['requested'], to: 'confirmed' },
  undoConfirm: { from: ['confirmed'], to: 'requested' },
  decline: { from: ['requested'], to: 'declined' },
  undoDecline: { from: ['declined'], to: 'requested' },
  reschedule: { from: ['held', 'requested', 'confirmed'], to: null },
  correct: { from: ['held', 'requested', 'confirmed'], to: null },
  complete: { from: ['confirmed'], to: 'completed' },
  cancel: { from: ['requested', 'confirmed'], to: 'cancelled' },
  lapse: { from: ['requested'], to: 'lapsed' },
  release: { from: ['held'], to: 'requested' },
  drop: { from: ['held'], to: 'dropped' },
} as const satisfies Record<string, { from: readonly BookingState[]; to: BookingState | null }>;

/** Something that can happen to a booking. */
export type BookingTransition = keyof typeof bookingTransitions;

/** What can happen to a contact message. */
export const messageTransitions = {
  answer: { from: ['open'], to: 'answered' },
  close: { from: ['open', 'answered'], to: 'closed' },
  release: { from: ['held'], to: 'open' },
  drop: { from: ['held'], to: 'dropped' },
} as const satisfies Record<string, { from: readonly MessageState[]; to: MessageState }>;

/** Something that can happen to a contact message. */
export type MessageTransition = keyof typeof messageTransitions;

/** States against which a repeated submission counts as the same request. */
export const liveStates: readonly BookingState[] = ['held', 'requested', 'confirmed'];

/** The state as its sender reads it; a held request reads like any other. */
export const bookingStateNames: Readonly<Record<BookingState, string>> = {
  held: 'Đã nhận, chờ xác nhận',
  requested: 'Đã nhận, chờ xác nhận',
  confirmed: 'Đã xác nhận',
  completed: 'Đã làm xong',
  declined: 'Không nhận được',
  lapsed: 'Quá ngày, chưa xác nhận',
  cancelled: 'Đã hủy',
  dropped: 'Không được duyệt',
};

/** The state of a message as its sender reads it. */
export const messageStateNames: Readonly<Record<MessageState, string>> = {
  held: 'Đã nhận',
  open: 'Đã nhận',
  answered: 'Đã trả lời',
  closed: 'Đã khép lại',
  dropped: 'Đã khép lại',
};

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
