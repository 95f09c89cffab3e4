import { createECDH, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import * as ece from 'http_ece';
import { ownServer } from './servers.ts';

/** The key and the certificate of the stand-in, which the server of a run trusts. They guard nothing. */
export const PEM_FILE = path.join(import.meta.dirname, 'push-service.pem');

/** Starts a push service with one browser that subscribed to it; `read` waits for the next push and opens it as that browser does. */
export async function startPushService() {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  const authSecret = randomBytes(16).toString('base64url');
  const arrived: Promise<Buffer>[] = [];
  const waiting: ((body: Promise<Buffer>) => void)[] = [];
  const pem = readFileSync(PEM_FILE);
  const server = createServer({ key: pem, cert: pem }, (request, response) => {
    const body = buffer(request);
    const next = waiting.shift();
    if (next === undefined) arrived.push(body);
    else next(body);
    void body.then(() => response.writeHead(201).end());
  });
  const port = ownServer()?.pushPort ?? 0;
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const read = async (): Promise<unknown> => {
    const body = await (arrived.shift() ??
      new Promise<Buffer>((resolve) => waiting.push((one) => resolve(one))));
    const text = ece.decrypt(body, { version: 'aes128gcm', privateKey: keys, authSecret });
    return JSON.parse(new TextDecoder().decode(text));
  };
  return {
    subscription: {
      endpoint: `https://127.0.0.1:${port}/send/1`,
      keys: { p256dh: keys.getPublicKey('base64url'), auth: authSecret },
    },
    read,
    stop: () => server.close(),
  };
}
