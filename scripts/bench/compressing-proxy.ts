import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, constants } from 'node:zlib';
import { freePort } from '../tools/free-port.mjs';

/** What the network between us and a visitor compresses. */
const TEXT = /^(?:text\/|application\/(?:json|javascript|xml|rss\+xml|ld\+json)|image\/svg)/;
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Asks the origin what a browser asked, body included. */
async function ask(origin: string, request: IncomingMessage): Promise<Response> {
  const { method = 'GET', url = '/' } = request;
  const type = request.headers['content-type'];
  return fetch(origin + url, {
    method,
    redirect: 'manual',
    ...(type === undefined ? {} : { headers: { 'content-type': type } }),
    ...(method === 'POST' ? { body: await buffer(request) } : {}),
  });
}

/** Serves another origin's answers with text as brotli, which the local runtime leaves to the edge. */
export async function startCompressingProxy(
  origin: string,
): Promise<{ url: string; stop: () => void }> {
  const server = createServer((request, response) => {
    void (async () => {
      const answer = await ask(origin, request);
      const headers: Record<string, string> = {};
      answer.headers.forEach((value, name) => (headers[name] = value));
      delete headers['content-encoding'];
      delete headers['content-length'];
      const body = new Uint8Array(await answer.arrayBuffer());
      const isText = TEXT.test(headers['content-type'] ?? '');
      if (isText) headers['content-encoding'] = 'br';
      response.writeHead(answer.status, headers);
      response.end(isText ? brotliCompressSync(body, QUALITY) : body);
    })();
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}
