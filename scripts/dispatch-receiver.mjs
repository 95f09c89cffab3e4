// A small reference receiver for dispatch partners, in plain Node without packages:
//   DISPATCH_KEYS="whsec_… whsec_…" node scripts/dispatch-receiver.mjs 9000
// It shows what a receiver has to do; a real one keeps `seen` and `jobs` in its database, in one transaction.
import { createServer } from 'node:http';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

/** Seconds that a message may be old, or ahead of our clock. */
const TOLERANCE_SECONDS = 5 * 60;
const BODY_MAX_BYTES = 64 * 1024;

/**
 * @typedef {Record<string, string | string[] | undefined>} Headers
 * @typedef {{ code: string, version: number, [field: string]: unknown }} Job
 * @typedef {{ status: number, reason: string }} Answer
 */

/**
 * Whether one of the signatures was made with one of the keys over exactly this id, time and body.
 * @param {string} keys space-separated `whsec_<base64>`
 * @param {{ id: string, timestamp: string, signatures: string, body: string }} message
 */
async function isSigned(keys, { id, timestamp, signatures, body }) {
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const given = signatures.split(' ').filter((signature) => signature.startsWith('v1,'));
  for (const secret of keys.split(' ')) {
    const key = await importKey(secret.replace('whsec_', ''));
    for (const signature of given) {
      const bytes = fromBase64(signature.slice('v1,'.length));
      // Compares in constant time.
      if (bytes !== null && (await crypto.subtle.verify('HMAC', key, bytes, signed))) return true;
    }
  }
  return false;
}

/** @param {string} secret base64 */
function importKey(secret) {
  const bytes = fromBase64(secret);
  if (bytes === null) throw new Error('A key must be written whsec_<base64>');
  return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ]);
}

/** @param {string} text */
function fromBase64(text) {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/**
 * A receiver: hand it each request's headers and raw body, answer with its status.
 * @param {{ keys: string, clock?: () => Date }} options
 */
export function createReceiver({ keys, clock = () => new Date() }) {
  /** @type {Map<string, number>} the newest timestamp seen of each message id */
  const seen = new Map();
  /** @type {Map<string, Job>} the newest version of each job */
  const jobs = new Map();

  /**
   * @param {Headers} headers
   * @param {string} body the bytes as they came: parsing and writing again would change them
   * @returns {Promise<Answer>}
   */
  async function receive(headers, body) {
    const id = String(headers['webhook-id'] ?? '');
    const timestamp = String(headers['webhook-timestamp'] ?? '');
    const signatures = String(headers['webhook-signature'] ?? '');
    const sentAt = Number(timestamp);
    if (id === '' || !Number.isInteger(sentAt)) return { status: 400, reason: 'headers missing' };
    if (!(await isSigned(keys, { id, timestamp, signatures, body }))) {
      return { status: 401, reason: 'signature does not verify' };
    }
    if (Math.abs(clock().getTime() / 1000 - sentAt) > TOLERANCE_SECONDS) {
      return { status: 400, reason: 'too old or too new' };
    }
    const before = seen.get(id);
    if (before !== undefined && sentAt <= before) return { status: 409, reason: 'replayed' };
    seen.set(id, sentAt);
    // The sender did not see our first answer: it gets its 2xx, and nothing happens twice.
    if (before !== undefined) return { status: 200, reason: 'known already' };
    /** @type {{ type: string, data: Job }} */
    const message = JSON.parse(body);
    return apply(message);
  }

  /**
   * @param {{ type: string, data: Job }} message
   * @returns {Answer}
   */
  function apply({ type, data }) {
    const known = jobs.get(data.code);
    if (known && known.version >= data.version) return { status: 200, reason: 'overtaken' };
    // After an erasure only code and version stay: do not go, and no older message brings the person back.
    const { code, version } = data;
    jobs.set(code, type === 'job.erased' ? { code, version } : data);
    return { status: 200, reason: type };
  }

  return { receive, jobs };
}

/** @param {number} port */
function serve(port) {
  const receiver = createReceiver({ keys: process.env['DISPATCH_KEYS'] ?? '' });
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      body += String(chunk);
      if (body.length > BODY_MAX_BYTES) request.destroy();
    });
    request.on('end', () => {
      void receiver.receive(request.headers, body).then(({ status, reason }) => {
        console.log(`${String(request.headers['webhook-id'])} ${status} ${reason}`);
        response.writeHead(status).end();
      });
    });
  });
  server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}/`));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  serve(Number(process.argv[2] ?? 9000));
}
