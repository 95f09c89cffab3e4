import { createReceiver } from '../../../scripts/dispatch/receiver.mjs';
import type { Invocation } from './invocation';
import { modeAt, type Outage } from './outages';
import type { Random } from './random';

/** Ways in which a receiver goes wrong; in the last four it has taken the message all the same. */
export const receiverModes = [
  'dead',
  'silent',
  '500',
  '429',
  '404',
  'redirect',
  'gone',
  'slow-500',
  'answer-lost',
  'silent-taken',
  'cut-off',
  'slow',
] as const;

const TAKING: readonly ReceiverMode[] = ['answer-lost', 'silent-taken', 'cut-off', 'slow'];

/** A way in which a receiver goes wrong. */
export type ReceiverMode = (typeof receiverModes)[number];

/** One message as it reached the receiver, and what the sender saw. */
export interface Arrival {
  id: string;
  code: string;
  version: number;
  type: string;
  data: Record<string, unknown>;
  /** The receiver verified it and took it, or had it already. */
  taken: boolean;
  /** The status that the sender saw, or null. */
  seen: number | null;
  /** Ordinal of this answer over all arrivals; null where the sender saw none. */
  answer: number | null;
  invocation: Invocation;
  /** The invocation's faults when the answer came. */
  faultsBefore: number;
}

/** A dispatch receiver with the reference receiver inside and trouble around it. */
export class ChaosReceiver {
  readonly arrivals: Arrival[] = [];
  #answers = 0;
  readonly #byKey = new Map<string, ReturnType<typeof createReceiver>>();

  constructor(
    private readonly options: {
      random: Random;
      outages: readonly Outage<ReceiverMode>[];
      readTime: () => Date;
      /** The key that the receiver holds at a moment: it changes once while both are live. */
      keyAt: (now: Date) => string;
      /** Runs while a slow receiver has a message. */
      meanwhile: () => Promise<void>;
    },
  ) {}

  /** Takes a request and answers, fails to answer, or answers nonsense. */
  async receive(invocation: Invocation, headers: Headers, body: string): Promise<Response> {
    const { readTime, outages, random } = this.options;
    const mode = modeAt(outages, readTime());
    const trouble = mode !== null && random.chance(0.9) ? mode : null;
    const takes = trouble === null || TAKING.includes(trouble);
    const status = takes ? await this.verify(headers, body) : 0;
    const arrival = this.note(invocation, { headers, body, taken: status === 200 });
    if (trouble === 'slow' || trouble === 'slow-500') await this.options.meanwhile();
    const response = answer(trouble, status);
    invocation.assertAlive();
    arrival.seen = response.status;
    arrival.answer = this.#answers += 1;
    return response;
  }

  private async verify(headers: Headers, body: string): Promise<number> {
    const { readTime, keyAt } = this.options;
    const keys = keyAt(readTime());
    const receiver = this.#byKey.get(keys) ?? createReceiver({ keys, now: readTime });
    this.#byKey.set(keys, receiver);
    return (await receiver.receive(Object.fromEntries(headers), body)).status;
  }

  private note(
    invocation: Invocation,
    { headers, body, taken }: { headers: Headers; body: string; taken: boolean },
  ): Arrival {
    const { type, data } = JSON.parse(body) as {
      type: string;
      data: { code: string; version: number };
    };
    const arrival: Arrival = {
      id: headers.get('webhook-id') ?? '',
      code: data.code,
      version: data.version,
      type,
      data,
      taken,
      seen: null,
      answer: null,
      invocation,
      faultsBefore: invocation.faults,
    };
    this.arrivals.push(arrival);
    return arrival;
  }
}

function answer(trouble: ReceiverMode | null, status: number): Response {
  switch (trouble) {
    case null:
    case 'slow':
      return new Response(null, { status });
    case '500':
    case 'slow-500':
      return new Response('no', { status: 500 });
    case '404':
      return new Response('no', { status: 404 });
    case '429':
      return new Response('slower', { status: 429, headers: { 'retry-after': '90' } });
    case 'redirect':
      return new Response(null, {
        status: 307,
        headers: { location: 'https://elsewhere.example' },
      });
    case 'gone':
      return new Response(null, { status: 410 });
    case 'cut-off':
      return new Response(cutOff(), { status });
    case 'silent':
    case 'silent-taken':
      throw new DOMException('no answer in time', 'TimeoutError');
    case 'dead':
    case 'answer-lost':
      throw new Error('Network connection lost.');
  }
}

/** A body that ends in the middle. */
function cutOff(): ReadableStream {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"o'));
      controller.error(new Error('Network connection lost.'));
    },
  });
}
