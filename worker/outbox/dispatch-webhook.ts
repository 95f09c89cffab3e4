import { Webhook } from 'standardwebhooks';
import { isServiceFailure } from '../base/failures.ts';
import { readKeyring } from '../base/keyrings.ts';
import { buildDispatchBody } from './dispatch-body.ts';
import type { DeliveryBy } from '../store/deliveries.ts';
import type { Prepared, Preparing, Sending } from './prepare.ts';
import { type SendResult, tryAgain } from './result.ts';
import { readRetryAfter } from './retry-times.ts';

/** Time limit for the receiver's answer. */
const TIMEOUT_MS = 10_000;

/** Statuses that refuse one delivery. Any other failure is one of the channel, such as a wrong key or path. */
const MESSAGE_STATUSES = [400, 409, 413, 422];

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** Builds and signs one dispatch event, a Standard Webhook, see https://www.standardwebhooks.com. */
export async function prepareDispatchWebhook(
  preparing: Preparing<DeliveryBy<'dispatch'>>,
): Promise<Prepared<Sending>> {
  const { env, delivery, now } = preparing;
  const url = readDispatchUrl(env.DISPATCH_URL);
  if (url === null) return { ready: false, result: tryAgain('down', 'url-refused') };
  const built = await buildDispatchBody(preparing);
  if (!built.ready) return built;
  const { body, fields } = built.value;
  const headers = signWebhook(env.DISPATCH_KEYS, { id: delivery.id, now, body });
  return {
    ready: true,
    value: {
      disclosed: { recipient: 'dispatch', fields },
      subject: null,
      send: () => post(url, { headers, body }, now),
    },
  };
}

async function post(
  url: URL,
  message: { headers: Record<string, string>; body: string },
  now: Date,
): Promise<SendResult> {
  const response = await fetch(url, {
    method: 'POST',
    ...message,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(readFetchFailure);
  if (!(response instanceof Response)) return response;
  // Only the status counts. A body that never ends must not hold the attempt up.
  response.body?.cancel().catch(() => undefined);
  return readAnswer(response, now);
}

/** What a fetch that failed says of the receiver; throws again what is a bug, such as a header that cannot be sent. */
function readFetchFailure(error: unknown): SendResult {
  if (!isServiceFailure(error)) throw error;
  return tryAgain('down', isTimeout(error) ? 'timeout' : 'network');
}

/** The headers of a Standard Webhook, signed with every live key, the first one first. */
export function signWebhook(
  keys: string,
  message: { id: string; now: Date; body: string },
): Record<string, string> {
  const signatures = readKeyring('DISPATCH_KEYS', keys).map((key) =>
    new Webhook(key).sign(message.id, message.now, message.body),
  );
  return {
    'content-type': 'application/json',
    'webhook-id': message.id,
    'webhook-timestamp': String(Math.floor(message.now.getTime() / 1000)),
    'webhook-signature': signatures.join(' '),
  };
}

/** The receiver's address, or null where it is not an address, or is neither https nor this machine. */
function readDispatchUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const allowed =
    url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname));
  return allowed ? url : null;
}

function readAnswer(response: Response, now: Date): SendResult {
  const { status } = response;
  if (status >= 200 && status < 300) return { outcome: 'delivered', result: String(status) };
  if (status === 410) return { outcome: 'stop', result: '410' };
  const mayAskToWait = status === 429 || status === 503;
  return {
    outcome: MESSAGE_STATUSES.includes(status) ? 'again' : 'down',
    result: String(status),
    notBefore: mayAskToWait ? readRetryAfter(response.headers.get('retry-after'), now) : null,
    answered: true,
  };
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError');
}
