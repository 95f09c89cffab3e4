import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { hotline } from '../../shared/content/catalogue.ts';
import { eraseRecord } from '../personal-data/erase.ts';
import { listPhotos } from '../personal-data/photo-store.ts';
import { customerPath, viewPath } from '../signing/links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { makePng, picture } from '../test/pictures.ts';
import { readDeliveries, submitBooking, submitMessage } from '../test/records.ts';
import { ORIGIN, send } from '../test/requests.ts';
import { runTasks, systemMailsSent } from '../test/tasks.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const keys = readLinkKeys(env.LINK_KEYS);

interface Answer {
  photos: { id: string; width: number; height: number }[];
  errors: { index: number; message: string }[];
}

async function arrange(day = '26') {
  const booking = await submitBooking({ date: `2026-11-${day}` });
  const path = await customerPath(keys, booking);
  return { ...booking, path, to: path.replace('/?', '/anh/?') };
}

function formWith(files: readonly (Bytes | File)[]): FormData {
  const form = new FormData();
  for (const [at, file] of files.entries()) {
    form.append('photo', file instanceof File ? file : new File([file], `IMG_${at}.jpg`));
  }
  return form;
}

/** Posts pictures as the script does, from a network of its own unless one is named. */
function post(
  to: string,
  files: readonly (Bytes | File)[],
  {
    accept = 'application/json',
    network = '',
    given = env,
  }: { accept?: string; network?: string; given?: Env } = {},
): Promise<Response> {
  const headers = {
    Accept: accept,
    Origin: ORIGIN,
    ...(network === '' ? {} : { 'CF-Connecting-IP': network }),
  };
  return send(to, { method: 'POST', headers, body: formWith(files) }, { env: given });
}

async function answerOf(response: Response): Promise<Answer & { status: number }> {
  return { status: response.status, ...(await response.json<Answer>()) };
}

const text = (bytes: Uint8Array) => new TextDecoder('latin1').decode(bytes);

/** Every object of the bucket as it lies there. */
async function readBucket(): Promise<Map<string, Bytes>> {
  const { objects } = await env.PHOTOS.list();
  const read = objects.map(async ({ key }): Promise<[string, Bytes]> => {
    const object = await env.PHOTOS.get(key);
    return [key, new Uint8Array((await object?.arrayBuffer()) ?? new ArrayBuffer())];
  });
  return new Map(await Promise.all(read));
}

describe('POST /don/<code>/anh/', () => {
  test('keeps a picture as sealed WebP without what the camera noted, and shows it after the press', async () => {
    const { id, path, to } = await arrange();
    const answer = await answerOf(await post(to, [picture('gps')]));
    expect(answer).toMatchObject({ status: 201, errors: [], photos: [{ width: 40, height: 20 }] });
    const [photo] = answer.photos;
    const bucket = await readBucket();
    expect([...bucket.keys()]).toEqual([`${id}/${photo?.id}`]);
    const [sealed] = [...bucket.values()];
    expect(text(sealed ?? new Uint8Array())).not.toMatch(/RIFF|WEBP|Exif|Camera/);

    const me = new Visitor(NOW);
    const closed = await me.open(path);
    expect(closed.words).toContain('1 ảnh');
    expect(closed.text).not.toContain(photo?.id);
    const href = path.replace('/?', `/anh/${photo?.id}?`);
    expect((await me.open(href)).status).toBe(403);
    const opened = await me.openAll(path);
    expect(opened.text).toContain(`/anh/${photo?.id}?k=`);
    const cookie = opened.status === 200 ? await pressFor(path) : '';
    const shown = await send(href, { headers: { Cookie: cookie } });
    expect([
      shown.status,
      shown.headers.get('Content-Type'),
      shown.headers.get('Cache-Control'),
    ]).toEqual([200, 'image/webp', 'private, no-store']);
    const bytes = new Uint8Array(await shown.arrayBuffer());
    expect(text(bytes)).toMatch(/^RIFF[^]{4}WEBP/);
    expect(text(bytes)).not.toMatch(/EXIF|Camera|GPS|XMP/);
  });

  test('leads back to the page whoever asks again for the address of a refused post', async () => {
    const { path, to } = await arrange();
    const answer = await send(to);
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, path]);
    expect(answer.headers.get('Cache-Control')).toContain('no-store');
  });

  test.each<[name: string, make: () => Bytes | Promise<Bytes>, status: number, words: string]>([
    ['empty', () => new Uint8Array(), 415, 'trống'],
    ['HEIC', () => bytesOf('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), 415, 'HEIC'],
    [
      'SVG with another name',
      () => bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      415,
      'không phải ảnh',
    ],
    ['animated WebP', () => picture('animatedWebp'), 415, 'ảnh động'],
    ['GIF', () => picture('gif'), 415, 'ảnh động'],
    [
      'animated PNG',
      () => makePng(8, 8, { chunks: [['acTL', new Uint8Array(8)]] }),
      415,
      'ảnh động',
    ],
    ['truncated JPEG', () => picture('large').slice(0, 700), 415, 'hỏng'],
    ['JPEG that ends in what its camera noted', () => picture('gps').slice(0, 60), 415, 'hỏng'],
    ['truncated PNG', async () => (await makePng(400, 400)).slice(0, 50), 415, 'hỏng'],
    [
      'JPEG of noise',
      () => bytesOf('\xff\xd8\xff\xc0\0\x11\x08\0\x10\0\x10 nothing behind the header'),
      415,
      'hỏng',
    ],
    ['PNG of 40,000 pixels a side', () => makePng(40_000, 40_000, { rows: 1 }), 422, 'quá lớn'],
    ['PNG of 144 megapixels', () => makePng(12_000, 12_000, { rows: 1 }), 422, 'quá lớn'],
    ['file of more than 10 MB', () => new Uint8Array(10 * 1024 * 1024 + 1), 413, '10 MB'],
  ])(
    'refuses %s with a sentence and keeps the good one beside it',
    async (_, make, status, words) => {
      const { id, to } = await arrange();
      const bad = await make();
      const alone = await answerOf(await post(to, [bad]));
      expect([alone.status, alone.photos]).toEqual([status, []]);
      expect(alone.errors).toEqual([
        { index: 0, message: expect.stringContaining(words) as string },
      ]);
      const given = await post(to, [bad], { accept: 'text/html' });
      expect([given.status, (await given.text()).includes(words)]).toEqual([status, true]);
      const beside = await post(to, [bad, picture('png')], { accept: 'text/html' });
      expect(beside.status).toBe(303);
      const page = await new Visitor(NOW).open(beside.headers.get('Location') ?? '');
      expect(page.words).toMatch(new RegExp(`Đã nhận 1 ảnh. Ảnh thứ 1: .*${words}`));
      expect(await listPhotos(env, id)).toHaveLength(1);
    },
  );

  test.each<[name: string, make: () => Bytes | Promise<Bytes>, size: [number, number]]>([
    ['marked with a place', () => picture('gps'), [40, 20]],
    ['turned', () => picture('turned'), [20, 40]],
    ['CMYK', () => picture('cmyk'), [40, 20]],
    ['WebP', () => picture('webp'), [40, 20]],
    ['larger than 1,600 pixels', () => picture('large'), [1600, 800]],
    ['of 60 megapixels', () => makePng(10_000, 6_000), [1600, 960]],
  ])('keeps one that is %s upright and small', async (_, make, [width, height]) => {
    const { id, to } = await arrange();
    const file = await make();
    const answer = await answerOf(await post(to, [file]));
    expect(answer).toMatchObject({ status: 201, photos: [{ width, height }] });
    expect((await post(to, [file], { accept: 'text/html' })).status).toBe(303);
    const size = { width, height };
    expect(await listPhotos(env, id)).toMatchObject([size, size]);
  });

  test('keeps six of a record, whatever is sent at the same time, and says so of the seventh', async () => {
    const { id, path, to } = await arrange();
    const seven = await answerOf(
      await post(
        to,
        Array.from({ length: 7 }, () => picture('png')),
      ),
    );
    expect([seven.status, seven.photos.length]).toEqual([201, 6]);
    expect(seven.errors).toEqual([
      { index: 6, message: expect.stringContaining('6 ảnh') as string },
    ]);
    expect((await post(to, [picture('png')])).status).toBe(422);
    const form = await post(to, [picture('png')], { accept: 'text/html' });
    expect([form.status, (await form.text()).includes('đã đủ 6 ảnh')]).toEqual([422, true]);

    const page = await new Visitor(NOW).openAll(path);
    const removing = page.forms.find(({ action }) => action.includes('/xoa'));
    const cookie = await pressFor(path);
    const remove = async (body: URLSearchParams) =>
      (
        await send(removing?.action ?? '', {
          method: 'POST',
          headers: { Cookie: cookie, Accept: 'text/html' },
          body,
        })
      ).status;
    expect(await remove(new URLSearchParams())).toBe(422);
    expect(await remove(new URLSearchParams({ sure: 'yes' }))).toBe(303);
    expect(await listPhotos(env, id)).toHaveLength(5);
    await Promise.all([
      post(to, [picture('png')]),
      post(to, [picture('png')]),
      post(to, [picture('png')]),
    ]);
    expect(await listPhotos(env, id)).toHaveLength(6);
  });

  test('without JavaScript goes back to the page, which says what was kept and what not', async () => {
    const { path, to } = await arrange();
    const both = await post(to, [picture('png'), bytesOf('text')], { accept: 'text/html' });
    expect(both.status).toBe(303);
    const page = await new Visitor(NOW).open(both.headers.get('Location') ?? '');
    expect(page.words).toContain('Đã nhận 1 ảnh. Ảnh thứ 2: không phải ảnh');
    const none = await post(to, [new File([], '')], { accept: 'text/html' });
    expect(none.status).toBe(422);
    const bad = await post(to, [bytesOf('text')], { accept: 'text/html' });
    expect([bad.status, (await bad.text()).includes('Ảnh thứ 1: không phải ảnh')]).toEqual([
      415,
      true,
    ]);
    expect((await new Visitor(NOW).open(`${path}&anh=9&loi=<b>`)).words).not.toContain('<b>');
  });

  test.each(['application/json', 'text/html'])(
    'keeps the pictures that came whole where the sending is cut off, asked for %s',
    async (accept) => {
      const { id, to } = await arrange();
      const request = new Request('https://example.com', {
        method: 'POST',
        body: formWith([picture('png'), picture('large')]),
      });
      const whole = new Uint8Array(await request.arrayBuffer());
      const headers = {
        Accept: accept,
        'Content-Type': request.headers.get('Content-Type') ?? '',
      };
      const body = whole.slice(0, -400);
      const answer = await send(to, { method: 'POST', headers, body });
      const told =
        answer.status === 303
          ? (await new Visitor(NOW).open(answer.headers.get('Location') ?? '')).words
          : (await answerOf(answer)).errors[0]?.message;
      expect(told).toMatch(/Ảnh thứ 2: .*bị ngắt/);
      expect(await listPhotos(env, id)).toHaveLength(1);
    },
  );

  test.each([
    ['another type', { 'Content-Type': 'text/plain' }, 'x', 415],
    [
      'a body of 63 MB',
      { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': '66060288' },
      'x',
      413,
    ],
    ['no part', { 'Content-Type': 'multipart/form-data; boundary=x' }, 'x', 422],
  ])('refuses %s', async (_, headers, body, status) => {
    const { to } = await arrange();
    const answer = await send(to, {
      method: 'POST',
      headers: { ...headers, Accept: 'application/json' },
      body,
    });
    expect(answer.status).toBe(status);
  });

  test('takes twenty a day of one network and PHOTO_LIMIT of all, and names the number to call', async () => {
    const records = await Promise.all(['24', '25', '26', '27'].map((day) => arrange(day)));
    const six = Array.from({ length: 6 }, () => picture('png'));
    const network = '203.0.113.7';
    const counts = [];
    for (const { to } of records)
      counts.push((await answerOf(await post(to, six, { network }))).photos.length);
    expect(counts).toEqual([6, 6, 6, 2]);
    const { to } = await arrange('28');
    const refused = await post(to, [picture('png')], { network });
    expect(refused.status).toBe(429);
    expect(await refused.text()).toContain(hotline);
    expect((await post(to, [picture('png')], { network: '203.0.113.8' })).status).toBe(201);
    const given = { ...env, PHOTO_LIMIT: '21' };
    expect((await post(to, [picture('png')], { network: '203.0.113.9', given })).status).toBe(429);
    expect(
      JSON.stringify((await env.DB.prepare('select * from tries').all()).results),
    ).not.toContain('203.0');
  });

  test('takes none for a request that is kept aside, by four digits or after an erasure', async () => {
    const { id, path, to } = await arrange();
    await env.DB.prepare("update bookings set state = 'held'").run();
    expect((await post(to, [picture('png')])).status).toBe(409);
    expect((await new Visitor(NOW).open(path)).text).not.toContain('type="file"');
    await env.DB.prepare("update bookings set state = 'requested'").run();
    expect((await post(to, [picture('png')])).status).toBe(201);
    await eraseRecord(env, { id, cause: 'request', actor: 'customer', now: NOW });
    expect((await readBucket()).size).toBe(0);
    expect((await post(to, [picture('png')])).status).toBe(410);
  });

  test('takes none by a link that was handed on, which shows what it always shows', async () => {
    const booking = await arrange();
    const to = (await viewPath(keys, booking)).replace('/?', '/anh/?');
    expect((await answerOf(await post(to, [picture('png')]))).status).toBe(403);
    const page = await post(to, [], { accept: 'text/html' });
    expect([page.status, (await page.text()).includes(booking.code)]).toEqual([403, false]);
    expect((await readBucket()).size).toBe(0);
  });

  test('deletes what an erasure overtook', async () => {
    const { id, to } = await arrange();
    const put = env.PHOTOS.put.bind(env.PHOTOS);
    const PHOTOS = Object.assign(Object.create(env.PHOTOS) as R2Bucket, {
      list: env.PHOTOS.list.bind(env.PHOTOS),
      delete: env.PHOTOS.delete.bind(env.PHOTOS),
      put: async (...args: Parameters<typeof put>) => {
        await eraseRecord(env, { id, cause: 'request', actor: 'customer', now: NOW });
        return put(...args);
      },
    });
    await post(to, [picture('png')], { given: { ...env, PHOTOS } });
    expect((await readBucket()).size).toBe(0);
  });

  test('tells staff once in ten minutes, with a mail that names the number of pictures', async () => {
    const { id, to } = await arrange();
    await post(to, [picture('png')]);
    await post(to, [picture('png')]);
    const mails = (await readDeliveries(id)).filter(({ kind }) => kind === 'booking.photos');
    expect(mails).toHaveLength(1);
    await runTasks('2026-11-23', '09:10');
    await runTasks('2026-11-23', '09:11');
    const mail = systemMailsSent().find(({ subject }) => subject.startsWith('Có ảnh mới: TS-'));
    expect(mail?.text).toContain('2 ảnh');
  });

  test('tells staff of pictures that come with a complaint, too', async () => {
    const message = await submitMessage({ kind: 'complaint' });
    const to = (await customerPath(keys, message)).replace('/?', '/anh/?');
    await post(to, [picture('png')]);
    await post(to, [picture('png')]);
    await runTasks('2026-11-23', '09:10');
    await runTasks('2026-11-23', '09:11');
    const mails = systemMailsSent().filter(({ subject }) => subject.includes('có ảnh mới'));
    expect(mails.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(new RegExp(`^Tin nhắn có ảnh mới: ${message.code} · Khiếu nại`)),
    ]);
    expect(mails[0]?.text).toContain('2 ảnh');
  });

  test('keeps a picture once that the script sends again under its name', async () => {
    const { id, to } = await arrange();
    const again = new File([picture('png')], crypto.randomUUID());
    const answers = [await post(to, [again]), await post(to, [again])];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(await listPhotos(env, id)).toMatchObject([{ id: again.name }]);
  });

  test('are asked for of what is to be done, later of what was not done well', async () => {
    const { path } = await arrange();
    const complaint = await customerPath(keys, await submitMessage({ kind: 'complaint' }));
    const open = async (to: string, day: string) =>
      (await new Visitor(new Date(`2026-11-${day}T20:00:00+07:00`)).open(to)).words;
    expect(await open(path, '25')).toContain('Gửi ảnh chỗ cần làm');
    expect(await open(path, '26')).toContain('Gửi ảnh chỗ chưa đạt');
    expect(await open(complaint, '25')).toContain('Gửi ảnh chỗ chưa đạt');
  });

  test('takes pictures with a complaint, and none with a question', async () => {
    for (const [kind, status] of [
      ['complaint', 201],
      ['question', 409],
    ] as const) {
      const message = await submitMessage({ kind, consent: 'yes' });
      const path = await customerPath(keys, message);
      const answer = await post(path.replace('/?', '/anh/?'), [picture('png')]);
      expect([kind, answer.status]).toEqual([kind, status]);
    }
  });
});

function bytesOf(letters: string): Bytes {
  return Uint8Array.from(letters, (sign) => sign.charCodeAt(0));
}

/** The cookie that the press on a record's page gives. */
async function pressFor(path: string): Promise<string> {
  const answer = await send(path, { method: 'POST', body: new URLSearchParams({ act: 'open' }) });
  return (answer.headers.get('Set-Cookie') ?? '').split(';')[0] ?? '';
}
