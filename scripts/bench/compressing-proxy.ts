import { createServer } from 'node:http';
import { brotliCompressSync, constants } from 'node:zlib';
import { freePort } from '../free-port.mjs';

/** What the network between us and a visitor compresses. */
const TEXT = /^(?:text\/|application\/(?:json|javascript|xml|rss\+xml|ld\+json)|image\/svg)/;
const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** Serves another origin's GET answers with text as brotli, which the local runtime leaves to the edge. */
export async function startCompressingProxy(
  origin: string,
): Promise<{ url: string; stop: () => void }> {
  const server = createServer((request, response) => {
    void (async () => {
      const answer = await fetch(origin + (request.url ?? '/'), { redirect: 'manual' });
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
