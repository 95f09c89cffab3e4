import {
  type FieldError,
  joinValues,
  listFieldNames,
  type RawFields,
} from '../../shared/forms/fields.ts';
import { formatDecimal } from '../../shared/money.ts';

/** Largest body taken, in bytes. */
export const BODY_MAX_BYTES = 64 * 1024;

/** Why a request's body cannot be read; `mistyped` where fields of JSON are neither text nor number. */
export type Unread =
  | { ok: false; reason: 'malformed' | 'wrongType' | 'tooLarge' }
  | { ok: false; reason: 'mistyped'; errors: FieldError[] };

/** The known fields of a request's body as text. */
export type ReadResult = { ok: true; fields: RawFields } | Unread;

const MISTYPED = 'Ô này phải là chữ hoặc số: anh/chị nhập lại rồi gửi.';

/** Reads a form, multipart or JSON body into the known fields; unknown ones and files are left out. */
export async function readFields(request: Request, names: readonly string[]): Promise<ReadResult> {
  const type = typeOf(request);
  const body = await readBody(request);
  if (body === null) return { ok: false, reason: 'tooLarge' };
  if (type === 'application/json') {
    const data = parseJson(body);
    return isObject(data) ? pickJson(data, names) : malformed;
  }
  if (type !== FORM_TYPE && type !== 'multipart/form-data') {
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
): Promise<{ ok: true; data: Readonly<Record<string, unknown>> } | Unread> {
  if (typeOf(request) !== 'application/json') return { ok: false, reason: 'wrongType' };
  const body = await readBody(request);
  if (body === null) return { ok: false, reason: 'tooLarge' };
  const data = parseJson(body);
  return isObject(data) ? { ok: true, data } : malformed;
}

/** Most fields of a form that is given back: the largest there is has some sixty. */
const SENT_MAX = 200;

/** All that a form sent, in its order, to be sent once more; null where it is too large or no form without files. */
export async function listSent(
  request: Request,
): Promise<{ name: string; value: string }[] | null> {
  if (typeOf(request) !== FORM_TYPE) return null;
  const body = await readBody(request).catch(() => null);
  if (body === null) return null;
  const sent = [...new URLSearchParams(new TextDecoder().decode(body))];
  return sent.length > SENT_MAX ? null : sent.map(([name, value]) => ({ name, value }));
}

const malformed = { ok: false, reason: 'malformed' } as const;

const FORM_TYPE = 'application/x-www-form-urlencoded';

function typeOf(request: Request): string | undefined {
  return (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase();
}

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

/** What was read of each request: a body can be read only once. */
const bodies = new WeakMap<Request, Promise<Uint8Array<ArrayBuffer> | null>>();

/** The body up to the limit, or null where it is larger. */
function readBody(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
  const body = bodies.get(request) ?? readWhole(request);
  bodies.set(request, body);
  return body;
}

async function readWhole(request: Request): Promise<Uint8Array<ArrayBuffer> | null> {
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

/** Names are dotted for nesting; what lies in `answers` is named as the form names it, without that word. Null is a field left out. */
function pickJson(data: Record<string, unknown>, names: readonly string[]): ReadResult {
  const fields: Record<string, string> = {};
  const errors: FieldError[] = [];
  const pick = (name: string, value: unknown): void => {
    const isKnown = names.includes(name);
    const prefix = name === 'answers' ? '' : `${name}.`;
    const isGroup = names.some((one) => one.includes('.') && one.startsWith(prefix));
    if (value === null || !(isKnown || isGroup)) return;
    if (isGroup && isObject(value)) {
      for (const [inner, one] of Object.entries(value)) pick(`${prefix}${inner}`, one);
      return;
    }
    const text = isKnown ? toText(name, value) : null;
    if (text === null) errors.push({ field: name, message: MISTYPED });
    else fields[name] = text;
  };
  for (const [name, value] of Object.entries(data)) pick(name, value);
  return errors.length === 0 ? { ok: true, fields } : { ok: false, reason: 'mistyped', errors };
}

function toText(name: string, value: unknown): string | null {
  if (typeof value === 'number') return formatDecimal(value);
  if (isTextList(value) && listFieldNames.includes(name)) return joinValues(value);
  return typeof value === 'string' ? value : null;
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
