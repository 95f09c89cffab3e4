import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { createReceiver } from '../../scripts/dispatch-receiver.mjs';
import { ROOT } from '../../scripts/environment.mjs';
import { freePort } from '../../scripts/free-port.mjs';

/** @typedef {{ jobs: Map<string, unknown>, port: number, close: () => void }} Dispatch */

/**
 * A dispatch receiver outside the house, so that it outlives the kills.
 * @returns {Promise<Dispatch>}
 */
export async function startDispatch() {
  const secrets = readFileSync(path.join(ROOT, '.dev.vars'), 'utf8');
  const keys = /^DISPATCH_KEYS\s*=\s*"?([^"\n]+)/m.exec(secrets)?.[1] ?? '';
  const receiver = createReceiver({ keys });
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      void receiver
        .receive(request.headers, body)
        .then(({ status }) => response.writeHead(status).end());
    });
  });
  const port = await freePort();
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(null)));
  return { jobs: receiver.jobs, port, close: () => server.close() };
}
