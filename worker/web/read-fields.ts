import type { RawFields } from '../../shared/forms/fields.ts';
import { formatDecimal } from '../../shared/money.ts';

/** Largest body taken, in bytes. */
export const BODY_MAX_BYTES = 64 * 1024;

/** What a request's body holds: the known fields as text, or why it cannot be read. */
export type ReadResult =
  { ok: true; fields: RawFields } | { ok: false; reason: 'malformed' | 'wrongType' | 'tooLarge' };

/** Reads a form, multipart or JSON body into the known fields; unknown ones and files are left out. */
export async function readFields(request: Request, names: readonly string[]): Promise<ReadResult> {
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase();
  const body = await readBody(request);
  if (body === null) return { ok: false, reason: 'tooLarge' };
  if (type === 'application/json') {
    const data = parseJson(body);
    return isObject(data) ? { ok: true, fields: pickJson(data, names) } : malformed;
  }
  if (type !== 'application/x-www-form-urlencoded' && type !== 'multipart/form-data') {
    return { ok: false, reason: 'wrongType' };
  }
  const headers = { 'Content-Type': request.headers.get('Content-Type') ?? '' };
  // A body of another form than its type says is the one thing that it throws for.
  const form = await new Response(body, { headers }).formData().catch(() => null);
  return form === null ? malformed : { ok: true, fields: pickForm(form, names) };
}

const malformed = { ok: false, reason: 'malformed' } as const;

/** The JSON of a body, or undefined where it is none, or no UTF-8. */
function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(body));
  } catch {
    return undefined;
  }
}

function isObject(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** The body up to the limit, or null where it is larger. */
async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  const length = request.headers.get('Content-Length');
  if (length === null) return readChunks(request);
  if (Number(length) > BODY_MAX_BYTES) return null;
  // The runtime ends a body at the length it names, and reading it at once is cheaper than piece by piece.
  const body = new Uint8Array(await request.arrayBuffer());
  return body.length > BODY_MAX_BYTES ? null : body;
}

/** A body that does not say how long it is: no more of it than the limit is ever held. */
async function readChunks(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > BODY_MAX_BYTES) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks as BlobPart[]).arrayBuffer());
}

function pickForm(form: FormData, names: readonly string[]): RawFields {
  const entries = names.flatMap((name) => {
    const value = form.get(name);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

function pickJson(data: Record<string, unknown>, names: readonly string[]): RawFields {
  const entries = Object.entries(data).flatMap(([name, value]) =>
    names.includes(name) && (typeof value === 'string' || typeof value === 'number')
      ? [[name, typeof value === 'number' ? formatDecimal(value) : value] as const]
      : [],
  );
  return Object.fromEntries(entries);
}
