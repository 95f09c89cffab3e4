/** One look at a live site: what is asked for and what has to be true of the answer. */
interface Look {
  name: string;
  path: string;
  isRight: (response: Response, body: string) => boolean;
}

const ATTEMPTS = 6;
const PAUSE_MS = 5000;
const TIMEOUT_MS = 10_000;

const looks: readonly Look[] = [
  {
    name: 'trang chủ có nội dung và chính sách bảo mật nội dung',
    path: '/',
    isRight: ({ status, headers }, body) =>
      status === 200 &&
      body.includes('<h1') &&
      (headers.get('Content-Security-Policy') ?? '').includes("frame-ancestors 'none'"),
  },
  {
    name: 'trang đặt lịch có khung giờ thật',
    path: '/dat-lich/',
    isRight: ({ status, headers }, body) =>
      status === 200 &&
      body.includes('name="slot"') &&
      (headers.get('Cache-Control') ?? '').includes('no-'),
  },
  {
    name: 'cơ sở dữ liệu trả lời',
    path: '/api/health',
    isRight: ({ status }, body) =>
      status === 200 && (JSON.parse(body) as { database?: unknown }).database !== false,
  },
  { name: 'mẫu trống không mở được', path: '/khung/don/', isRight: ({ status }) => status === 404 },
  {
    name: 'cửa thử của máy phát triển không có',
    path: '/dev/inbox',
    isRight: ({ status }) => status === 404,
  },
];

/** Looks at a live site as a browser would and names what is not right; a fresh deployment gets half a minute. */
export async function smokeTest(origin: string): Promise<string[]> {
  for (let attempt = 1; ; attempt += 1) {
    const failed = await lookAround(origin);
    if (failed.length === 0 || attempt === ATTEMPTS) return failed;
    await new Promise((later) => setTimeout(later, PAUSE_MS));
  }
}

async function lookAround(origin: string): Promise<string[]> {
  const results = await Promise.all(
    looks.map(async ({ name, path, isRight }) => {
      try {
        const response = await fetch(new URL(path, origin), {
          headers: { 'Sec-Fetch-Mode': 'navigate', Accept: 'text/html' },
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        return isRight(response, await response.text()) ? [] : [`${path}: ${name}`];
      } catch (error) {
        if (!isNoAnswer(error)) throw error;
        return [`${path}: ${name} (${error.message})`];
      }
    }),
  );
  return results.flat();
}

/** Whether a request got no usable answer: no connection, no answer in time, or a body that is no JSON where it should be. */
function isNoAnswer(error: unknown): error is Error {
  const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
  // What `fetch` throws without an answer names its cause; a mistake in this file does not.
  const isNetwork = error instanceof TypeError && error.cause !== undefined;
  return isTimeout || isNetwork || error instanceof SyntaxError;
}
