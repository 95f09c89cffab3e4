import { securityHeaders } from '../../shared/headers.ts';

/** One look at a live site: what is asked for and what has to be true of the answer. */
interface Look {
  name: string;
  url: string;
  headers?: Record<string, string>;
  isRight: (response: Response, body: string) => boolean;
}

/** How a site is looked at: `isMain` where it is the company's own name, not the preview. */
export interface SmokeOptions {
  origin: string;
  isMain: boolean;
  attempts: number;
  pauseMs: number;
  /** Only the stand-in of the platform hands in another. */
  ask?: typeof fetch;
}

/** What is not right: of the site itself, or of settings that only the zone has. */
export interface SmokeFailures {
  site: string[];
  zone: string[];
}

const TIMEOUT_MS = 10_000;
const HSTS = 'Strict-Transport-Security';

/** What the deployed version answers for. */
function siteLooks(origin: string): Look[] {
  const at = (path: string) => new URL(path, origin).href;
  return [
    {
      name: 'trang chủ có nội dung và chính sách bảo mật nội dung',
      url: at('/'),
      isRight: ({ status, headers }, body) =>
        status === 200 &&
        body.includes('<h1') &&
        (headers.get('Content-Security-Policy') ?? '').includes("frame-ancestors 'none'"),
    },
    {
      name: 'trang đặt lịch có khung giờ thật',
      url: at('/dat-lich/'),
      isRight: ({ status, headers }, body) =>
        status === 200 &&
        body.includes('name="slot"') &&
        (headers.get('Cache-Control') ?? '').includes('no-'),
    },
    {
      name: 'cơ sở dữ liệu trả lời',
      url: at('/api/health'),
      isRight: ({ status }, body) =>
        status === 200 && (JSON.parse(body) as { database?: unknown }).database !== false,
    },
    {
      name: 'mẫu trống không mở được',
      url: at('/khung/don/'),
      isRight: ({ status }) => status === 404,
    },
    {
      name: 'cửa thử của máy phát triển không có',
      url: at('/dev/inbox'),
      isRight: ({ status }) => status === 404,
    },
  ];
}

/** What the zone answers for: each name ends in the setting that mends it. */
function zoneLooks(origin: string, isMain: boolean): Look[] {
  const { host, protocol } = new URL(origin);
  const at = (path: string) => new URL(path, origin).href;
  const leadsHere = ({ status, headers }: Response) => {
    const target = headers.get('Location') ?? '';
    return [301, 308].includes(status) && URL.canParse(target) && new URL(target).host === host;
  };
  const looks: Look[] = [
    {
      name: 'địa chỉ http chuyển sang https (bật Always Use HTTPS)',
      url: at('/').replace(protocol, 'http:'),
      isRight: (response) =>
        leadsHere(response) && (response.headers.get('Location') ?? '').startsWith('https:'),
    },
    {
      name: 'trang tải trước được (tắt Speed Brain)',
      url: at('/bang-gia/'),
      headers: { 'Sec-Purpose': 'prefetch' },
      isRight: ({ status }) => status === 200,
    },
    {
      name: `${HSTS} đúng như mã (bỏ HSTS trong SSL/TLS → Edge Certificates)`,
      url: at('/'),
      isRight: ({ headers }) => headers.get(HSTS) === securityHeaders[HSTS],
    },
    {
      name: 'không ai sửa địa chỉ email trong trang (tắt Email Address Obfuscation)',
      url: at('/lien-he/'),
      isRight: (_, body) => !body.includes('/cdn-cgi/'),
    },
    {
      name: 'không ai chèn mã đo lượt xem (tắt Web Analytics)',
      url: at('/'),
      isRight: (_, body) => !body.includes('cloudflareinsights'),
    },
  ];
  if (!isMain || host.startsWith('www.')) return looks;
  const name = `www.${host} chuyển về ${host} (thêm Redirect Rule)`;
  return [...looks, { name, url: `${protocol}//www.${host}/`, isRight: leadsHere }];
}

/** Looks at a live site as a browser would; one that was deployed a moment ago gets some attempts. */
export async function smokeTest(options: SmokeOptions): Promise<SmokeFailures> {
  const { origin, isMain, attempts, pauseMs, ask = fetch } = options;
  for (let attempt = 1; ; attempt += 1) {
    const site = await lookAround(siteLooks(origin), ask);
    if (site.length === 0) return { site, zone: await lookAround(zoneLooks(origin, isMain), ask) };
    if (attempt >= attempts) return { site, zone: [] };
    await new Promise((later) => setTimeout(later, pauseMs));
  }
}

async function lookAround(looks: readonly Look[], ask: typeof fetch): Promise<string[]> {
  const results = await Promise.all(
    looks.map(async ({ name, url, headers, isRight }) => {
      try {
        const response = await ask(url, {
          headers: { 'Sec-Fetch-Mode': 'navigate', Accept: 'text/html', ...headers },
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        if (isRight(response, await response.text())) return [];
        const isChallenge = response.headers.get('cf-mitigated') === 'challenge';
        const why = isChallenge ? 'Bot Fight Mode chặn chương trình thử' : `${response.status}`;
        return [`${url}: lẽ ra ${name} (${why})`];
      } catch (error) {
        if (!isNoAnswer(error)) throw error;
        return [`${url}: lẽ ra ${name} (${error.message})`];
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
