import { securityHeaders } from '../../shared/headers.ts';

/** What visitors of the stand-in's host get: an address with one of the `faults` at its beginning, or as its path, fails. */
export function answerAsSite(origin: string, faults: readonly string[] = []): typeof fetch {
  const { host } = new URL(origin);
  const security = { ...securityHeaders };
  const answers: Record<string, () => Response> = {
    [`${origin}/`]: () => new Response('<h1>Trang</h1>', { headers: security }),
    [`${origin}/dat-lich/`]: () =>
      new Response('<input name="slot">', { headers: { 'Cache-Control': 'private, no-cache' } }),
    [`${origin}/api/health`]: () => Response.json({ ok: true, database: true }),
    [`${origin}/bang-gia/`]: () => new Response('Giá'),
    [`${origin}/lien-he/`]: () => new Response('Liên hệ'),
    [`http://${host}/`]: () => redirect(`${origin}/`),
    [`https://www.${host}/`]: () => redirect(`${origin}/`),
  };
  return (input) => {
    const url = input instanceof Request ? input.url : String(input);
    const isBroken = faults.some((one) => url.startsWith(one) || url === origin + one);
    const answer = isBroken ? undefined : answers[url];
    return Promise.resolve(answer?.() ?? new Response('', { status: isBroken ? 500 : 404 }));
  };
}

function redirect(location: string): Response {
  return new Response(null, { status: 301, headers: { Location: location } });
}
