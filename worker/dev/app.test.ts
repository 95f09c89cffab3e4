import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, test } from 'vitest';
import { emailAnswers } from './answers.ts';
import { devApp } from './app.ts';
import { aheadOf, readDevClock } from './clock.ts';
import type { InboxEntry } from './inbox.ts';
import { recordingEmail } from './recorder.ts';

const MAIL = { from: 'a@example.com', subject: 'Yêu cầu mới', text: 'Nội dung' };

async function call(path: string, init?: RequestInit): Promise<Response> {
  return devApp.request(`http://127.0.0.1${path}`, init, env);
}

async function inbox(): Promise<InboxEntry[]> {
  return (await call('/dev/inbox.json')).json();
}

// Written from the Standard Webhooks text, so that signer and verifier are not one library.
async function sign(body: string, key = env.DISPATCH_KEYS.split(' ')[0] ?? '', minutes = 0) {
  const raw = Uint8Array.fromBase64(key.replace('whsec_', ''));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const secret = await crypto.subtle.importKey('raw', raw, algorithm, false, ['sign']);
  const timestamp = String(Math.floor(Date.now() / 1000) + minutes * 60);
  const signed = new TextEncoder().encode(`d-1.${timestamp}.${body}`);
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', secret, signed)).toBase64();
  return {
    'webhook-id': 'd-1',
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  };
}

async function setAnswer(channel: string, answer: unknown): Promise<Response> {
  const body = JSON.stringify(answer);
  return call(`/dev/${channel}/answer`, { method: 'POST', body });
}

beforeEach(async () => {
  await call('/dev/reset', { method: 'POST' });
});

describe('what the page of another site asks for', () => {
  const paths = [
    ['POST', '/dev/reset'],
    ['POST', '/dev/clock'],
    ['GET', '/dev/inbox'],
    ['GET', '/dev/inbox.json'],
    ['DELETE', '/dev/inbox.json'],
    ['GET', '/dev/inbox/1/0'],
    ['GET', '/dev/dispatch'],
    ['POST', '/dev/dispatch'],
    ['POST', '/dev/email/answer'],
  ] as const;
  const askers: [string, string, Record<string, string>][] = [
    ['another site', '127.0.0.1:8787', { 'Sec-Fetch-Site': 'cross-site' }],
    ['another port of this machine', '127.0.0.1:8787', { 'Sec-Fetch-Site': 'same-site' }],
    ['a sandboxed page', '127.0.0.1:8787', { Origin: 'null' }],
    ['an older browser', '127.0.0.1:8787', { Origin: 'https://evil.example' }],
    ['a name that leads here', 'rebind.evil.example:8787', { 'Sec-Fetch-Site': 'same-origin' }],
    ['a name that looks like ours', 'localhost.evil.example', {}],
  ];

  test.each(askers)('is refused, everywhere under /dev/: %s', async (_, host, headers) => {
    await recordingEmail('STAFF_EMAIL').send({ ...MAIL, to: 'b@example.com' });
    for (const [method, path] of paths) {
      const answer = await devApp.request(`http://${host}${path}`, { method, headers }, env);
      expect([method, path, answer.status]).toEqual([method, path, 403]);
      expect(await answer.text()).toBe('');
    }
    expect(await inbox()).toHaveLength(1);
  });

  test.each(['127.0.0.1:8787', 'localhost:8787', '[::1]:8787', '192.168.1.7:8787'])(
    'is not what a person asks for at %s',
    async (host) => {
      const asked: HeadersInit[] = [{}, { 'Sec-Fetch-Site': 'none' }, { Origin: `http://${host}` }];
      for (const headers of asked) {
        const answer = await devApp.request(
          `http://${host}/dev/reset`,
          { method: 'POST', headers },
          env,
        );
        expect(answer.status).toBe(204);
      }
    },
  );
});

describe('POST /dev/reset', () => {
  test('empties tables, keys, inbox and set answers', async () => {
    const lock = `INSERT INTO window_locks VALUES ('2026-11-24', 'sang', '2026-11-22T00:00:00.000Z')`;
    await env.DB.prepare(lock).run();
    await env.VAULT.put('booking:1', 'key');
    await setAnswer('dispatch', { status: 500 });
    await recordingEmail('STAFF_EMAIL').send({ ...MAIL, to: 'b@example.com' });
    expect((await call('/dev/reset', { method: 'POST' })).status).toBe(204);
    expect(await env.DB.prepare('SELECT * FROM window_locks').first()).toBeNull();
    expect((await env.VAULT.list()).keys).toEqual([]);
    expect(await inbox()).toEqual([]);
    expect(await (await call('/dev/dispatch')).json()).toMatchObject({ answer: { status: 204 } });
  });
});

describe('POST /dev/clock', () => {
  const setAhead = (aheadMinutes: unknown) =>
    call('/dev/clock', { method: 'POST', body: JSON.stringify({ aheadMinutes }) });

  test('runs the Worker ahead of the real time until the next reset', async () => {
    expect((await setAhead(90)).status).toBe(204);
    const at = new Date('2026-11-24T00:00:00Z');
    expect(aheadOf(at)).toEqual(new Date('2026-11-24T01:30:00Z'));
    expect(readDevClock().getTime()).toBeGreaterThan(Date.now() + 89 * 60_000);
    expect((await setAhead(-1)).status).toBe(422);
    await call('/dev/reset', { method: 'POST' });
    expect(aheadOf(at)).toEqual(at);
  });
});

describe('POST /dev/dispatch', () => {
  test('records the exact body of a signed request and answers 204', async () => {
    const body = '{"type":"job.requested", "data":{"name":"Nguyễn Thị Hoa"}}';
    const answer = await call('/dev/dispatch', { method: 'POST', body, headers: await sign(body) });
    expect(answer.status).toBe(204);
    expect(await inbox()).toMatchObject([
      { kind: 'dispatch', status: 204, body, headers: { 'webhook-id': 'd-1' } },
    ]);
  });

  test('accepts the older of two keys, refuses a foreign key and an altered body', async () => {
    const older = await sign('{}', env.DISPATCH_KEYS.split(' ')[1]);
    const foreign = await sign('{}', `whsec_${btoa('f'.repeat(32))}`);
    const post = (headers: HeadersInit, body = '{}') =>
      call('/dev/dispatch', { method: 'POST', body, headers });
    expect((await post(older)).status).toBe(204);
    expect((await post(foreign)).status).toBe(401);
    expect((await post(await sign('{}'), '{ }')).status).toBe(401);
    expect(await inbox()).toHaveLength(1);
  });

  test('refuses what is over five minutes old, and takes what was signed ahead of the real time', async () => {
    const post = async (minutes: number) => {
      const headers = await sign('{}', undefined, minutes);
      return (await call('/dev/dispatch', { method: 'POST', body: '{}', headers })).status;
    };
    expect([await post(-6), await post(-4), await post(60 * 24)]).toEqual([401, 204, 204]);
  });

  test('answers as set, as often as set', async () => {
    await setAnswer('dispatch', { status: 429, times: 2, headers: { 'Retry-After': '7' } });
    const answers = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const headers = await sign('{}');
      answers.push(await call('/dev/dispatch', { method: 'POST', body: '{}', headers }));
    }
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 204]);
    expect(answers[0]?.headers.get('Retry-After')).toBe('7');
  });

  test('refuses an answer that makes no sense', async () => {
    expect((await setAnswer('dispatch', { status: 'down' })).status).toBe(422);
    expect((await call('/dev/dispatch')).status).toBe(200);
  });
});

describe('recordingEmail', () => {
  test('keeps the newest mail first with its attachments', async () => {
    const email = recordingEmail('STAFF_EMAIL');
    const file = { filename: 'hen.ics', type: 'text/calendar', disposition: 'attachment' } as const;
    await email.send({ ...MAIL, to: 'b@example.com', subject: 'Cũ' });
    const attachments = [{ ...file, content: new TextEncoder().encode('BEGIN') }];
    await email.send({ ...MAIL, to: { name: 'B', email: 'b@example.com' }, attachments });
    const [newest, oldest] = await inbox();
    expect(oldest).toMatchObject({ subject: 'Cũ', attachments: [] });
    expect(newest).toMatchObject({ kind: 'email', to: 'b@example.com', text: 'Nội dung' });
    expect(newest).toMatchObject({ attachments: [{ filename: 'hen.ics', content: 'BEGIN' }] });
    const download = await call(`/dev/inbox/${newest?.id}/0`);
    expect(download.headers.get('Content-Type')).toBe('text/calendar');
    expect(await download.text()).toBe('BEGIN');
  });

  test('refuses an address that is not allowed, and fails when set to', async () => {
    const email = recordingEmail('STAFF_EMAIL', ['b@example.com']);
    await expect(email.send({ ...MAIL, to: 'c@example.com' })).rejects.toThrow('not allowed');
    emailAnswers.set({ status: 500, times: 1, delayMs: 0, headers: {} });
    await expect(email.send({ ...MAIL, to: 'b@example.com' })).rejects.toThrow('500');
    await email.send({ ...MAIL, to: 'b@example.com' });
    expect(await inbox()).toHaveLength(1);
  });
});

describe('GET /dev/inbox', () => {
  test('shows mail without what could run or load', async () => {
    const html =
      '<!doctype html><html><head><title>T</title></head><body><p>Chào</p><script>1</script><img src="//x.test/p.gif"></body></html>';
    await recordingEmail('STAFF_EMAIL').send({
      ...MAIL,
      to: 'b@example.com',
      subject: '<b>x',
      html,
    });
    const page = await call('/dev/inbox');
    const text = await page.text();
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(text).toContain('<p>Chào</p>');
    expect(text).toContain('&lt;b&gt;x');
    expect(text).not.toMatch(/<script|<img|<title>T/);
  });

  test('forgets the oldest beyond 500', async () => {
    const email = recordingEmail('CUSTOMER_EMAIL');
    for (let turn = 0; turn <= 500; turn += 1) {
      await email.send({ ...MAIL, to: 'b@example.com', subject: String(turn) });
    }
    const subjects = (await inbox()).map((entry) => entry.kind === 'email' && entry.subject);
    expect(subjects).toHaveLength(500);
    expect(subjects.at(-1)).toBe('1');
  });
});
