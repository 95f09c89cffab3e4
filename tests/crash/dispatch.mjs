import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { createReceiver } from '../../scripts/dispatch/receiver.mjs';
import { ROOT } from '../../scripts/tools/environment.mjs';
import { freePort } from '../../scripts/tools/free-port.mjs';

/**
 * Bad answers to a message that was taken: two answers to one request, the connection closed in the middle of a body or before
 * any answer, and four seconds of silence. Only a real socket can give them.
 * @type {((response: import('node:http').ServerResponse) => void)[]}
 */
const TROUBLES = [
  ({ socket }) => socket?.write(`HTTP/1.1 200 OK\r\n${EMPTY}HTTP/1.1 500 Oops\r\n${EMPTY}`),
  ({ socket }) => socket?.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"o'),
  ({ socket }) => socket?.destroy(),
  (response) => setTimeout(() => response.writeHead(200).end(), 4_000),
];
const EMPTY = 'content-length: 0\r\n\r\n';
/** One new job in so many is answered badly. */
const TROUBLE_EVERY = 4;

/** @typedef {{ jobs: Map<string, unknown>, port: number, minutesAhead: number, close: () => void }} Dispatch */

/**
 * A dispatch receiver in this process, which outlives the kills. It answers every fourth new job badly, in turn in all ways.
 * @returns {Promise<Dispatch>}
 */
export async function startDispatch() {
  const secrets = readFileSync(path.join(ROOT, '.dev.vars'), 'utf8');
  const keys = /^DISPATCH_KEYS\s*=\s*"?([^"\n]+)/m.exec(secrets)?.[1] ?? '';
  const receiver = createReceiver({
    keys,
    now: () => new Date(Date.now() + dispatch.minutesAhead * 60_000),
  });
  const respond = troubled();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      void receiver
        .receive(request.headers, body)
        .then(({ status, reason }) => respond(response, { status, reason }));
    });
  });
  const port = await freePort();
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(null)));
  const dispatch = { jobs: receiver.jobs, port, minutesAhead: 0, close: () => server.close() };
  return dispatch;
}

function troubled() {
  let fresh = 0;
  /**
   * @param {import('node:http').ServerResponse} response
   * @param {{ status: number, reason: string }} answer
   */
  return (response, { status, reason }) => {
    const isNew = status === 200 && reason.startsWith('job.');
    const trouble = isNew && ++fresh % TROUBLE_EVERY === 0;
    const how = TROUBLES[(fresh / TROUBLE_EVERY) % TROUBLES.length];
    if (trouble && how !== undefined) how(response);
    else response.writeHead(status).end();
  };
}
