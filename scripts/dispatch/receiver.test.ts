import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { createReceiver, serve } from './receiver.mjs';
import { renderDispatchSchema, SCHEMA_FILE } from './schema';

const KEYS = ['old', 'new'].map((name) => `whsec_${btoa(name.padEnd(32, '.'))}`);
const NOW = new Date('2026-11-23T02:00:00.000Z');

function message(data: Record<string, unknown>, type = 'job.requested') {
  return JSON.stringify({ type, timestamp: NOW.toISOString(), data });
}

/** Signs as a sender would, with a library that is not the receiver's own code. */
function sign(body: string, { id = 'm1', at = NOW, key = KEYS[0] ?? '' } = {}) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign(id, at, body),
  };
}

function receiver(keys = KEYS.join(' ')) {
  let now = NOW;
  const made = createReceiver({ keys, now: () => now });
  return {
    ...made,
    setClock: (seconds: number) => (now = new Date(NOW.getTime() + seconds * 1000)),
  };
}

describe('the reference receiver', () => {
  test('takes a signed message and keeps the job', async () => {
    const { receive, jobs } = receiver();
    const body = message({ code: 'TS-1', version: 1, name: 'Hoa' });
    expect((await receive(sign(body), body)).status).toBe(200);
    expect(jobs.get('TS-1')).toMatchObject({ name: 'Hoa' });
  });

  test('refuses an altered body, time, id and signature', async () => {
    const { receive, jobs } = receiver();
    const body = message({ code: 'TS-1', version: 1 });
    const headers = sign(body);
    expect((await receive(headers, `${body} `)).status).toBe(401);
    const later = String(Number(headers['webhook-timestamp']) + 1);
    expect((await receive({ ...headers, 'webhook-timestamp': later }, body)).status).toBe(401);
    expect((await receive({ ...headers, 'webhook-id': 'm2' }, body)).status).toBe(401);
    expect((await receive({ ...headers, 'webhook-signature': 'v1,AAAA' }, body)).status).toBe(401);
    expect((await receive({ ...headers, 'webhook-signature': undefined }, body)).status).toBe(401);
    expect((await receive({}, body)).status).toBe(400);
    expect(jobs.size).toBe(0);
  });

  test('refuses a message older, or further ahead, than five minutes', async () => {
    const { receive, setClock } = receiver();
    const body = message({ code: 'TS-1', version: 1 });
    setClock(301);
    expect((await receive(sign(body), body)).status).toBe(400);
    setClock(-301);
    expect((await receive(sign(body), body)).status).toBe(400);
    setClock(300);
    expect((await receive(sign(body), body)).status).toBe(200);
  });

  test('refuses the same message played again, and answers a second attempt without acting twice', async () => {
    const { receive, setClock } = receiver();
    const body = message({ code: 'TS-1', version: 1 });
    expect((await receive(sign(body), body)).status).toBe(200);
    expect((await receive(sign(body), body)).status).toBe(409);
    setClock(60);
    const again = sign(body, { at: new Date(NOW.getTime() + 60_000) });
    expect(await receive(again, body)).toEqual({ status: 200, reason: 'known already' });
  });

  test.each(['', ' ', 'whsec_', 'whsec_no base64', `${KEYS[0]} whsec_*`])(
    'does not start with keys like "%s"',
    (keys) => {
      expect(() => createReceiver({ keys })).toThrow('DISPATCH_KEYS');
    },
  );

  test.each(['not JSON', 'null', '{}', '{"type":"job.requested","data":{"code":1}}'])(
    'refuses a signed body like %s, and takes it as new when it comes again',
    async (body) => {
      const { receive, jobs, setClock } = receiver();
      const refused = { status: 400, reason: 'not a job message' };
      expect(await receive(sign(body), body)).toEqual(refused);
      setClock(60);
      const again = sign(body, { at: new Date(NOW.getTime() + 60_000) });
      expect(await receive(again, body)).toEqual(refused);
      expect(jobs.size).toBe(0);
    },
  );

  test('over HTTP outlives a signed body that is no JSON', async () => {
    const server = serve({ port: 0, keys: KEYS.join(' '), now: () => NOW });
    await once(server, 'listening');
    try {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      const post = async (body: string, id: string) => {
        const headers = sign(body, { id });
        return (await fetch(url, { method: 'POST', headers, body })).status;
      };
      expect(await post('not JSON', 'a')).toBe(400);
      expect(await post(message({ code: 'TS-1', version: 1 }), 'b')).toBe(200);
    } finally {
      server.close();
    }
  });

  test('takes either key while they are changed', async () => {
    const body = message({ code: 'TS-1', version: 1 });
    for (const key of KEYS)
      expect((await receiver().receive(sign(body, { key }), body)).status).toBe(200);
    const both = KEYS.map((key) => new Webhook(key).sign('m1', NOW, body)).join(' ');
    for (const key of KEYS) {
      const headers = { ...sign(body), 'webhook-signature': both };
      expect((await receiver(key).receive(headers, body)).status).toBe(200);
    }
  });

  test('keeps the highest version, and nothing of the person after an erasure', async () => {
    const { receive, jobs } = receiver();
    const send = (id: string, version: number, type = 'job.updated') => {
      const body = message(
        { code: 'TS-1', version, ...(type === 'job.erased' ? {} : { name: `v${version}` }) },
        type,
      );
      return receive(sign(body, { id }), body);
    };
    await send('a', 2);
    expect(await send('b', 1)).toEqual({ status: 200, reason: 'older version' });
    expect(jobs.get('TS-1')).toMatchObject({ name: 'v2' });
    await send('c', 4, 'job.erased');
    await send('d', 3);
    expect(jobs.get('TS-1')).toEqual({ code: 'TS-1', version: 4 });
  });
});

describe('docs/dispatch.schema.json', () => {
  test('is what shared/jobs/dispatch.ts says; npm run dispatch-schema writes it', async () => {
    expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(await renderDispatchSchema());
  });
});
