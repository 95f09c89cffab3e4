/** One part of a multipart body: a field, or a file where it has a file name. */
export interface Part {
  name: string;
  /** Null where it is no file; a file field that was left empty sends one without a name, which is none. */
  fileName: string | null;
  /** Its bytes; null where there were more than the limit. */
  bytes: Uint8Array<ArrayBuffer> | null;
  /** False where the body ended in the middle of it. */
  isWhole: boolean;
}

interface Limits {
  boundary: string;
  /** Bytes that one part may have; what lies beyond is read and thrown away. */
  partBytes: number;
  /** Bytes of the whole body, beyond which reading stops. */
  bodyBytes: number;
}

/** Thrown where a body has more bytes than it may. */
export class BodyTooLargeError extends Error {
  override name = 'BodyTooLargeError';
}

const HEADERS_MAX_BYTES = 8 * 1024;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The boundary of a `multipart/form-data` body; null for any other type. */
export function readBoundary(contentType: string): string | null {
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return null;
  const [, quoted, bare] =
    /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? [];
  return quoted ?? bare ?? null;
}

/**
 * The parts of a multipart body (RFC 7578), one at a time as they arrive, so that memory holds one picture and not the whole
 * post. `formData()` holds the body twice; `@remix-run/multipart-parser` ends at the first part that is too large.
 */
export async function* readParts(
  body: ReadableStream<Uint8Array> | null,
  { boundary, partBytes, bodyBytes }: Limits,
): AsyncGenerator<Part> {
  const mark = encoder.encode(`\r\n--${boundary}`);
  // The first boundary has no line break before it.
  let rest: Uint8Array<ArrayBuffer> = encoder.encode('\r\n');
  let read = 0;
  let part: OpenPart | null = null;
  for await (const chunk of readUntilCut(body)) {
    read += chunk.length;
    if (read > bodyBytes) throw new BodyTooLargeError();
    rest = join(rest, chunk);
    for (let at = find(rest, mark); at !== -1; at = find(rest, mark)) {
      const isBetween = part === null;
      if (part !== null) {
        yield close(part, rest.subarray(0, at), true);
        part = null;
      }
      // Nothing but the first boundary may stand before the first part.
      if (isBetween && at !== 0) return;
      const from = at + mark.length;
      const end = find(rest, encoder.encode('\r\n\r\n'), from);
      if (textOf(rest.subarray(from, from + 2)) === '--') return;
      if (end === -1) {
        if (rest.length - from > HEADERS_MAX_BYTES) return;
        rest = rest.subarray(at);
        break;
      }
      part = open(textOf(rest.subarray(from, end)), partBytes);
      rest = rest.subarray(end + 4);
    }
    if (part === null) {
      // No boundary where one has to be.
      if (rest.length > mark.length + HEADERS_MAX_BYTES) return;
      continue;
    }
    const safe = Math.max(0, rest.length - mark.length);
    part.add(rest.subarray(0, safe));
    rest = rest.subarray(safe);
  }
  if (part !== null) yield close(part, rest, false);
}

/** The chunks of a body; it ends where the connection does. */
async function* readUntilCut(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader();
  while (reader !== undefined) {
    // Reading a body fails only where the sender is gone.
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || value === undefined) return;
    yield value;
  }
}

interface OpenPart {
  name: string;
  fileName: string | null;
  add: (bytes: Uint8Array) => void;
  /** All bytes; null where they were too many. */
  take: () => Uint8Array<ArrayBuffer> | null;
}

function open(headers: string, limit: number): OpenPart {
  const [, disposition = ''] = /^content-disposition:(.*)$/im.exec(headers) ?? [];
  const [, name = ''] = /;\s*name="([^"]*)"/i.exec(disposition) ?? [];
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    name,
    fileName: /;\s*filename="([^"]+)"/i.exec(disposition)?.[1] ?? null,
    add: (bytes) => {
      size += bytes.length;
      if (size > limit) chunks.length = 0;
      // A copy: the chunk's memory is written anew.
      else if (bytes.length > 0) chunks.push(bytes.slice());
    },
    take: () => (size > limit ? null : join(...chunks)),
  };
}

function close(part: OpenPart, last: Uint8Array, isWhole: boolean): Part {
  part.add(last);
  const { name, fileName } = part;
  return { name, fileName, bytes: part.take(), isWhole };
}

/** Byte by byte: `indexOf` for each line break is slow in a file of nothing else. */
function find(bytes: Uint8Array, wanted: Uint8Array, from = 0): number {
  for (let at = from; at + wanted.length <= bytes.length; at += 1) {
    let length = 0;
    while (length < wanted.length && bytes[at + length] === wanted[length]) length += 1;
    if (length === wanted.length) return at;
  }
  return -1;
}

function textOf(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
