import { joinValues, listFieldNames, type RawFields } from '../../shared/forms/fields.ts';
import { formatDecimal } from '../../shared/money.ts';

/** Largest body taken, in bytes. */
export const BODY_MAX_BYTES = 64 * 1024;

/** The known fields of a request's body as text, or why it cannot be read. */
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
  // formData() throws only where the body does not match its content type.
  const form = await new Response(body, { headers }).formData().catch(() => null);
  return form === null ? malformed : { ok: true, fields: pickForm(form, names) };
}

/** Reads a JSON body whole; anything but an object is refused. */
export async function readJson(
  request: Request,
): Promise<
  { ok: true; data: Readonly<Record<string, unknown>> } | Extract<ReadResult, { ok: false }>
> {
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') return { ok: false, reason: 'wrongType' };
  const body = await readBody(request);
  if (body === null) return { ok: false, reason: 'tooLarge' };
  const data = parseJson(body);
  return isObject(data) ? { ok: true, data } : malformed;
}

const malformed = { ok: false, reason: 'malformed' } as const;

/** The parsed JSON of a body; undefined where the body is not JSON or not UTF-8. */
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
  // The runtime cuts a body at its Content-Length. So it can be read at once, which is faster than in chunks.
  const body = new Uint8Array(await request.arrayBuffer());
  return body.length > BODY_MAX_BYTES ? null : body;
}

/** Reads a body without Content-Length, and stops at the limit so that memory never holds more. */
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
    const values = form.getAll(name).filter((value) => typeof value === 'string');
    const [first] = values;
    if (first === undefined) return [];
    return [[name, listFieldNames.includes(name) ? joinValues(values) : first] as const];
  });
  return Object.fromEntries(entries);
}

/** Names are dotted for nesting; what lies in `answers` is named as the form names it, without that word. */
function pickJson(data: Record<string, unknown>, names: readonly string[]): RawFields {
  const entries = listLeaves(data).flatMap(([dotted, value]) => {
    const name = dotted.replace(/^answers\./, '');
    if (!names.includes(name)) return [];
    const text = isTextList(value) && listFieldNames.includes(name) ? joinValues(value) : value;
    if (typeof text === 'number') return [[name, formatDecimal(text)] as const];
    return typeof text === 'string' ? [[name, text] as const] : [];
  });
  return Object.fromEntries(entries);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The values of an object and of the objects in it, down to `answers.<service>.<question>`. */
function listLeaves(data: Record<string, unknown>, depth = 3): [string, unknown][] {
  return Object.entries(data).flatMap(([name, value]) =>
    depth > 1 && isObject(value)
      ? listLeaves(value, depth - 1).map(([rest, leaf]): [string, unknown] => [
          `${name}.${rest}`,
          leaf,
        ])
      : [[name, value] as [string, unknown]],
  );
}
