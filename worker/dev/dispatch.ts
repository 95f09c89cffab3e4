import { Webhook } from 'standardwebhooks';
import { later } from '../../shared/time.ts';
import { dispatchAnswers } from './answers.ts';
import { record } from './inbox.ts';

/** Minutes after which a signed request is a replay. */
const REPLAY_MINUTES = 5;

let accepted = 0;
let refused = 0;

/** The built-in dispatch receiver: 401 for a bad signature, else the request is recorded and answered as it was set. */
export async function receiveDispatch(request: Request, keys: string): Promise<Response> {
  const body = await request.text();
  const headers = Object.fromEntries(request.headers);
  if (!isSigned(body, headers, keys)) {
    refused += 1;
    return new Response('signature does not verify', { status: 401 });
  }
  accepted += 1;
  const answer = await dispatchAnswers.next();
  record({ kind: 'dispatch', status: answer.status, headers, body });
  return new Response(null, answer);
}

/** Counts since the start and the answer that the next request gets. */
export function dispatchState() {
  return { accepted, refused, answer: dispatchAnswers.current };
}

function isSigned(body: string, headers: Record<string, string>, keys: string): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1000);
  // The development clock may run ahead, so a timestamp in the future is accepted.
  if (!(at > later(new Date(), { minutes: -REPLAY_MINUTES }))) return false;
  const given = (headers['webhook-signature'] ?? '').split(' ');
  return keys
    .split(' ')
    .some((key) => given.includes(new Webhook(key).sign(headers['webhook-id'] ?? '', at, body)));
}
