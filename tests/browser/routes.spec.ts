import { hotline, prefix, service } from './facts.ts';
import { expect, test } from './test.ts';
import { someone } from './people.ts';

const NAVIGATE = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Site': 'none', Accept: 'text/html' };

/** Every path that the Worker answers: what GET says with its slash, and where it leads without. */
const pages = [
  ['/dat-lich/', 200],
  ['/lien-he/', 200],
  ['/don/', 200],
  [`/don/${prefix}0000000/`, 200],
  [`/don/${prefix}XXXXXXX/`, 404],
  ['/viec/', 200],
  [`/viec/${prefix}0000000.x/`, 403],
  ['/viec/lich/x.y/', 403],
  ['/tim-kiem/', 200],
  ['/minh-bach/', 200],
  ['/404', 404],
  ['/khung/don/', 404],
  ['/khung/loi/', 404],
] as const;

for (const [path, status] of pages) {
  test(`answers a navigation to ${path} with ${status}, and HEAD alike`, async ({ request }) => {
    const get = await request.get(path, { headers: NAVIGATE });
    expect(get.status()).toBe(status);
    expect(await get.text()).toContain('<main');
    expect(get.headers()['x-content-type-options']).toBe('nosniff');
    expect(get.headers()['etag']).toBeUndefined();
    const head = await request.head(path, { headers: NAVIGATE });
    expect(head.status()).toBe(status);
    expect(await head.body()).toHaveLength(0);
  });

  if (status === 200 && !path.includes(prefix)) {
    test(`leads ${path.slice(0, -1)} to its slash`, async ({ request }) => {
      const options = { headers: NAVIGATE, maxRedirects: 0 };
      const bare = await request.get(`${path.slice(0, -1)}?from=x`, options);
      expect([301, 307, 308]).toContain(bare.status());
      expect(bare.headers()['location']).toMatch(new RegExp(`${path}\\?from=x$`));
    });
  }
}

const posts = [
  ['/api/bookings', 422],
  ['/api/bookings/', 422],
  ['/api/contact', 422],
  ['/api/contact/', 422],
] as const;

for (const [path, status] of posts) {
  test(`answers an empty post to ${path} with ${status}`, async ({ request }) => {
    const answer = await request.post(path, {
      headers: { ...NAVIGATE, 'Sec-Fetch-Site': 'same-origin' },
      form: { name: '' },
    });
    expect(answer.status()).toBe(status);
    expect(await answer.text()).toContain('<main');
  });
}

for (const path of ['/dat-lich', '/dat-lich/', '/lien-he/', '/api/unknown', '/minh-bach/']) {
  test(`answers a stray post to ${path} with a page and the phone number`, async ({ request }) => {
    const answer = await request.post(path, { headers: NAVIGATE, form: { name: someone(0).name } });
    expect([404, 405]).toContain(answer.status());
    expect(await answer.text()).toContain(hotline);
  });
}

test('answers availability in the shape of the contract, with and without JSON asked for', async ({
  request,
}) => {
  const answer = await request.get(`/api/availability?service=${service.id}&days=3`);
  expect(answer.status()).toBe(200);
  const body = (await answer.json()) as { service: string; days: { windows: object[] }[] };
  expect(Object.keys(body)).toEqual(['service', 'services', 'intent', 'days']);
  expect(body.days).toHaveLength(3);
  const window = body.days.flatMap(({ windows }) => windows)[0] ?? {};
  expect(Object.keys(window)).toEqual(['id', 'label', 'from', 'to', 'seatsLeft', 'fits']);
  expect((await request.get('/api/availability?service=x')).status()).toBe(422);
});
