/** What is measured, by the words of the table. */
export const CASES = {
  'answer only': '/api/rival/answer',
  'three inserts': '/api/rival/three',
  'six inserts': '/api/rival/six',
  'one key put': '/api/rival/key',
  'one queue send': '/api/rival/queue',
  'bare handler': '/api/rival/bare',
  'bare, own rows': '/api/rival/rows',
  'bare, own batch': '/api/rival/batch',
  booking: '/api/bookings',
} as const;

/** A case of the table. */
export type Case = keyof typeof CASES;

/** From the bare handler to a booking, each step one thing more: they take turns in each round. */
export const STEPS: readonly Case[] = [
  'bare handler',
  'bare, own rows',
  'bare, own batch',
  'booking',
];

/** The parts of a booking's input and output, each alone. */
export const PARTS: readonly Case[] = [
  'answer only',
  'three inserts',
  'six inserts',
  'one key put',
  'one queue send',
];
