import { createServer } from 'node:http';
import { freePort } from '../tools/free-port.mjs';

/** A dispatch that takes everything. It runs in the bench's own process, whose CPU is not counted. */
export async function startReceiver() {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(204).end());
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${port}/jobs`, stop: () => void server.close() };
}
