// A small reference receiver for dispatch partners, in plain Node without packages:
//   DISPATCH_KEYS="whsec_… whsec_…" node scripts/dispatch/receiver.mjs 9000
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
 * @param {Uint8Array<ArrayBuffer>[]} keys
 * @param {{ id: string, timestamp: string, signatures: string, body: string }} message
 */
async function isSigned(keys, { id, timestamp, signatures, body }) {
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const given = signatures.split(' ').filter((signature) => signature.startsWith('v1,'));
  for (const bytes of keys) {
    const key = await importKey(bytes);
    for (const signature of given) {
      const mac = fromBase64(signature.slice('v1,'.length));
      // Compares in constant time.
      if (mac !== null && (await crypto.subtle.verify('HMAC', key, mac, signed))) return true;
    }
  }
  return false;
}

/**
 * The keys' bytes; throws at once where there is none or one is written wrong, not with the first message.
 * @param {string} text space-separated `whsec_<base64>`
 */
function readKeys(text) {
  const keys = text.split(/\s+/).filter((key) => key !== '');
  if (keys.length === 0) throw new Error('DISPATCH_KEYS is empty');
  return keys.map((key) => {
    const bytes = key.startsWith('whsec_') ? fromBase64(key.slice('whsec_'.length)) : null;
    if (bytes === null) throw new Error('DISPATCH_KEYS: a key must be written whsec_<base64>');
    return bytes;
  });
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function importKey(bytes) {
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
 * The message in a body, or null where it is none.
 * @param {string} body
 * @returns {{ type: string, data: Job } | null}
 */
function readMessage(body) {
  try {
    /** @type {{ type: unknown, data: Job }} */
    const { type, data } = JSON.parse(body);
    const usable = typeof data.code === 'string' && Number.isInteger(data.version);
    return typeof type === 'string' && usable ? { type, data } : null;
  } catch {
    return null;
  }
}

/**
 * A receiver: hand it each request's headers and raw body, answer with its status.
 * @param {{ keys: string, now?: () => Date }} options
 */
export function createReceiver({ keys, now = () => new Date() }) {
  const liveKeys = readKeys(keys);
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
    if (!(await isSigned(liveKeys, { id, timestamp, signatures, body }))) {
      return { status: 401, reason: 'signature does not verify' };
    }
    if (Math.abs(now().getTime() / 1000 - sentAt) > TOLERANCE_SECONDS) {
      return { status: 400, reason: 'too old or too new' };
    }
    const before = seen.get(id);
    if (before !== undefined && sentAt <= before) return { status: 409, reason: 'replayed' };
    // The sender did not see our first answer: it gets its 2xx, and nothing happens twice.
    const answer = before === undefined ? apply(body) : { status: 200, reason: 'known already' };
    // Only what was kept counts as seen: what could not be is new when it comes again.
    if (answer.status === 200) seen.set(id, sentAt);
    return answer;
  }

  /**
   * @param {string} body
   * @returns {Answer}
   */
  function apply(body) {
    const message = readMessage(body);
    if (message === null) return { status: 400, reason: 'not a job message' };
    const { type, data } = message;
    const known = jobs.get(data.code);
    if (known && known.version >= data.version) return { status: 200, reason: 'older version' };
    // After an erasure only code and version stay: do not go, and no older message brings the person back.
    const { code, version } = data;
    jobs.set(code, type === 'job.erased' ? { code, version } : data);
    return { status: 200, reason: type };
  }

  return { receive, jobs };
}

/**
 * Listens on this machine. A message that the receiver fails over is answered 500, so that it comes again.
 * @param {{ port: number, keys: string, now?: () => Date }} options
 */
export function serve({ port, keys, now }) {
  const receiver = createReceiver({ keys, ...(now && { now }) });
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => {
      body += String(chunk);
      if (body.length > BODY_MAX_BYTES) request.destroy();
    });
    request.on('end', () => {
      void receiver
        .receive(request.headers, body)
        .catch(() => ({ status: 500, reason: 'failed' }))
        .then(({ status, reason }) => {
          console.log(`${String(request.headers['webhook-id'])} ${status} ${reason}`);
          response.writeHead(status).end();
        });
    });
  });
  return server.listen(port, '127.0.0.1');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const port = Number(process.argv[2] ?? 9000);
  const server = serve({ port, keys: process.env['DISPATCH_KEYS'] ?? '' });
  server.on('listening', () => console.log(`http://127.0.0.1:${port}/`));
}
