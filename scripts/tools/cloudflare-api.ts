import process from 'node:process';
import * as v from 'valibot';
import { run } from './run.mjs';
import { SIGNED_OUT } from './signed-out.mjs';

const TIMEOUT_MS = 30_000;

/** Cloudflare answered that it does not do what was asked for; `code` is its own number. */
export class CloudflareRefusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(message: string, { status, code }: { status: number; code: number }) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** No answer came: what was asked for may have been done or not. */
export class NoAnswer extends Error {}

/** One account of Cloudflare, asked through its API by the same address and token as wrangler. */
export interface Account {
  id: string;
  /** `path` begins below the account, or with `/zones`. */
  ask<Schema extends v.GenericSchema>(
    schema: Schema,
    path: string,
    request?: { method: string; body?: unknown },
  ): Promise<v.InferOutput<Schema>>;
}

const EnvelopeSchema = v.object({
  success: v.boolean(),
  result: v.optional(v.unknown()),
  errors: v.optional(v.array(v.object({ code: v.number(), message: v.string() })), []),
});

const AccountsSchema = v.array(v.object({ id: v.string() }));

/** The account that wrangler is signed in to; CLOUDFLARE_ACCOUNT_ID chooses one of several. */
export async function connect(): Promise<Account> {
  const token = await readToken();
  const id = process.env['CLOUDFLARE_ACCOUNT_ID'] ?? (await findOnlyAccount(token));
  return {
    id,
    ask: (schema, path, request) =>
      ask(token, schema, {
        path: path.startsWith('/zones') ? path : `/accounts/${id}${path}`,
        ...request,
      }),
  };
}

async function readToken(): Promise<string> {
  const given = process.env['CLOUDFLARE_API_TOKEN'];
  if (given) return given;
  try {
    const output = await run('wrangler', ['auth', 'token', '--json']);
    const { token } = JSON.parse(output.slice(output.indexOf('{'))) as { token?: string };
    if (token) return token;
  } catch (error) {
    if (error instanceof Error && /not logged in/i.test(error.message)) throw new Error(SIGNED_OUT);
    throw error;
  }
  throw new Error('Đặt CLOUDFLARE_API_TOKEN thay cho CLOUDFLARE_API_KEY.');
}

async function findOnlyAccount(token: string): Promise<string> {
  const accounts = await ask(token, AccountsSchema, { path: '/accounts' });
  const [only, ...more] = accounts;
  if (only !== undefined && more.length === 0) return only.id;
  throw new Error('Đặt CLOUDFLARE_ACCOUNT_ID: mã của tài khoản Cloudflare, 32 chữ số và chữ cái.');
}

interface Question {
  path: string;
  method?: string;
  body?: unknown;
}

async function ask<Schema extends v.GenericSchema>(
  token: string,
  schema: Schema,
  { path, method = 'GET', body }: Question,
): Promise<v.InferOutput<Schema>> {
  const base = process.env['CLOUDFLARE_API_BASE_URL'] ?? 'https://api.cloudflare.com/client/v4';
  const { status, text } = await send(base + path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = v.safeParse(v.pipe(v.string(), v.parseJson(), EnvelopeSchema), text);
  if (!answer.success) throw new NoAnswer(sayNoAnswer(path));
  if (answer.output.success) return v.parse(schema, answer.output.result);
  const [{ code, message } = { code: 0, message: `HTTP ${status}` }] = answer.output.errors;
  throw new CloudflareRefusal(sayRefusal(status, path, message), { status, code });
}

async function send(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
    if (!isTimeout && !(error instanceof TypeError)) throw error;
    throw new NoAnswer(sayNoAnswer(new URL(url).pathname), { cause: error });
  }
}

function sayNoAnswer(path: string): string {
  return `Cloudflare không trả lời (${path}): xem đường mạng rồi chạy lại.`;
}

function sayRefusal(status: number, path: string, message: string): string {
  if (status === 401) return `Cloudflare không nhận mã truy cập: tạo mã mới. (${message})`;
  if (status !== 403) return `Cloudflare từ chối ${path}: ${message}`;
  return `Mã truy cập thiếu quyền cho ${path}: so với bảng quyền trong docs/van-hanh.md, mục "Đưa lên lần đầu". (${message})`;
}
