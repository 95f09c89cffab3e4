import { vi } from 'vitest';
import { readDeliveries } from './records.ts';

/** Makes dispatch answer each request with a status from now on. Returns the list of the requests as they arrive. */
export function answerDispatch(status: () => number = () => 204) {
  const seen: { id: string; type: string; version: number }[] = [];
  vi.mocked(globalThis.fetch).mockImplementation(async (_url, init) => {
    const id = new Headers(init?.headers).get('webhook-id') ?? '';
    const body = JSON.parse(init?.body as string) as { type: string; data: { version: number } };
    seen.push({ id, type: body.type, version: body.data.version });
    return new Response(null, { status: status() });
  });
  return seen;
}

/** The deliveries of a booking to dispatch, by version. */
export async function dispatchDeliveries(bookingId: string) {
  return (await readDeliveries(bookingId)).filter(({ channel }) => channel === 'dispatch');
}
