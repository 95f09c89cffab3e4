import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BookingTransition,
  bookingTransitions,
  type BookingState,
  bookingStates,
  canTransition,
  canTransitionMessage,
  type MessageTransition,
  messageTransitions,
  type MessageState,
  messageStates,
} from './states.ts';

/** The contract's arrows, by hand. */
const arrows: Readonly<Record<BookingState, readonly BookingState[]>> = {
  held: ['requested', 'dropped'],
  requested: ['confirmed', 'declined', 'lapsed', 'cancelled', 'held'],
  confirmed: ['completed', 'no-show', 'cancelled', 'requested'],
  declined: ['requested'],
  completed: ['confirmed'],
  'no-show': ['confirmed'],
  lapsed: [],
  cancelled: ['requested', 'confirmed'],
  dropped: [],
};
const moves = Object.keys(bookingTransitions) as BookingTransition[];
const messageMoveNames = Object.keys(messageTransitions) as MessageTransition[];

/** The states that a move can end in; a cancelled booking goes back to what it was before. */
function endsOf(move: BookingTransition, state: BookingState): readonly BookingState[] {
  const { to } = bookingTransitions[move];
  return to === 'former' ? bookingTransitions.cancel.from : [to ?? state];
}

describe('the states of a booking', () => {
  test.each(bookingStates)('from %s only the arrows of the contract lead away', (state) => {
    const ends = moves
      .filter((move) => canTransition(state, move))
      .flatMap((move) => endsOf(move, state))
      .filter((end) => end !== state);
    expect(new Set(ends)).toEqual(new Set(arrows[state]));
  });

  test('any sequence of moves ends in a state that the arrows reach', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<BookingState>('held', 'requested'),
        fc.array(fc.constantFrom(...moves)),
        (first, sequence) => {
          let state = first;
          for (const move of sequence) {
            if (!canTransition(state, move)) continue;
            const [end = state] = endsOf(move, state);
            expect(end === state || arrows[state].includes(end)).toBe(true);
            state = end;
          }
        },
      ),
    );
  });
});

describe('the states of a message', () => {
  test.each<[MessageState, MessageState[]]>([
    ['held', ['open', 'dropped']],
    ['open', ['answered', 'closed']],
    ['answered', ['closed']],
    ['closed', []],
    ['dropped', []],
  ])('from %s lead %j', (state, ends) => {
    const found = messageMoveNames.filter((move) => canTransitionMessage(state, move));
    expect(found.map((move) => messageTransitions[move].to)).toEqual(ends);
    expect(messageStates).toContain(state);
  });
});
