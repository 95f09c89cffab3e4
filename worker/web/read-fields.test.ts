import { describe, expect, test } from 'vitest';
import { BODY_MAX_BYTES, readFields } from './read-fields';

const tooLarge = JSON.stringify({ note: 'x'.repeat(BODY_MAX_BYTES) });
const small = JSON.stringify({ note: 'Cổng sau' });

function post(body: BodyInit, length?: string): Request {
  const headers = new Headers({ 'Content-Type': 'application/json' });
  if (length !== undefined) headers.set('Content-Length', length);
  return new Request('https://example.com/', { method: 'POST', headers, body });
}

/** A body sent in chunks without Content-Length. */
function inPieces(text: string): ReadableStream {
  const bytes = new TextEncoder().encode(text);
  return new ReadableStream({
    start(controller) {
      for (let from = 0; from < bytes.length; from += 5) {
        controller.enqueue(bytes.slice(from, from + 5));
      }
      controller.close();
    },
  });
}

describe('readFields', () => {
  test.each([
    ['with its length', post(small, String(new TextEncoder().encode(small).length))],
    ['in pieces', post(inPieces(small))],
  ])('reads a body %s', async (_name, request) => {
    expect(await readFields(request, ['note'])).toEqual({ ok: true, fields: { note: 'Cổng sau' } });
  });

  test('writes a JSON number with a decimal comma, since a point would group thousands', async () => {
    const request = post(JSON.stringify({ quantity: 1.234, policy: 1, note: '1.234' }));
    const fields = { quantity: '1,234', policy: '1', note: '1.234' };
    expect(await readFields(request, ['quantity', 'policy', 'note'])).toEqual({ ok: true, fields });
  });

  test.each([
    ['repeat', { repeat: ['weekly'] }],
    ['repeat', { repeat: { every: 'week' } }],
    ['note', { note: true }],
    ['quantity', { quantity: [80] }],
    ['quantity.sofa', { quantity: { sofa: { n: 2 } } }],
    ['service', { service: [1] }],
    ['answers', { answers: 'leather' }],
    ['sofa', { answers: { sofa: ['leather'] } }],
    ['sofa.cover', { answers: { sofa: { cover: false } } }],
  ])('names the field %s of another type than text or number: %j', async (field, body) => {
    const names = ['service', 'repeat', 'note', 'quantity', 'quantity.sofa', 'sofa.cover'];
    const read = await readFields(post(JSON.stringify({ ...body, other: [1] })), names);
    expect(read).toMatchObject({ ok: false, reason: 'mistyped', errors: [{ field }] });
  });

  test('takes null for a field that was left out, and nested fields by their names', async () => {
    const body = {
      note: null,
      quantity: { sofa: 2, other: [] },
      answers: { sofa: { cover: 'yes' } },
    };
    const names = ['note', 'quantity', 'quantity.sofa', 'sofa.cover'];
    const fields = { 'quantity.sofa': '2', 'sofa.cover': 'yes' };
    expect(await readFields(post(JSON.stringify(body)), names)).toEqual({ ok: true, fields });
  });

  test.each([
    ['that says so', post(tooLarge, String(tooLarge.length))],
    ['that says less', post(tooLarge, '12')],
    ['that says nonsense', post(tooLarge, 'long')],
    ['in pieces', post(inPieces(tooLarge))],
  ])('refuses a body too large %s', async (_name, request) => {
    expect(await readFields(request, ['note'])).toEqual({ ok: false, reason: 'tooLarge' });
  });
});
