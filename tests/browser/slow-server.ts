import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../../scripts/free-port.mjs';
import { DIST } from '../built/site.ts';

const PIECE_BYTES = 3000;
const PAUSE_MS = 20;

/** Serves the built pages in pieces, as a bad connection brings them: each piece is drawn before the next one comes. */
export async function startSlowServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = path.join(DIST, pathname, pathname.endsWith('/') ? 'index.html' : '');
    if (!pathname.endsWith('/') || !existsSync(file)) {
      response.writeHead(204).end();
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    void sendSlowly(readFileSync(file), (piece) => response.write(piece)).then(() =>
      response.end(),
    );
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function sendSlowly(html: Buffer, write: (piece: Buffer) => void): Promise<void> {
  const body = html.indexOf('<body');
  write(html.subarray(0, body));
  for (let at = body; at < html.length; at += PIECE_BYTES) {
    write(html.subarray(at, at + PIECE_BYTES));
    await setTimeout(PAUSE_MS);
  }
}
