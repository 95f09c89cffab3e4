import { expect, test } from 'vitest';
import { readParts } from './multipart.ts';

const MB = 1024 * 1024;
const limits = { boundary: 'x', partBytes: 10 * MB, bodyBytes: 62 * MB };

/** A body of some megabytes, each filled with one byte behind what it begins with. */
function makeBody(start: string, fill: string, megabytes: number) {
  const first = new TextEncoder().encode(start);
  const further = new Uint8Array(MB).fill(fill.charCodeAt(0));
  let pulled = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (pulled > megabytes) controller.close();
        else controller.enqueue(pulled === 0 ? first : further);
        pulled += 1;
      },
    },
    { highWaterMark: 0 },
  );
  return { body, pulledMegabytes: () => pulled - 1 };
}

test('a file of line breaks is read as fast as any other', { timeout: 4_000 }, async () => {
  const start = '--x\r\nContent-Disposition: form-data; name="photo"; filename="a"\r\n\r\n';
  const parts = await Array.fromAsync(readParts(makeBody(start, '\r', 30).body, limits));
  expect(parts).toEqual([{ name: 'photo', fileName: 'a', bytes: null, isWhole: false }]);
});

test.each(['', '--x\r\nContent-Disposition: form-data; name="photo"'])(
  'a body without the boundary or headers that it needs is not read to its end: %j',
  async (start) => {
    const { body, pulledMegabytes } = makeBody(start, 'A', 60);
    expect(await Array.fromAsync(readParts(body, limits))).toEqual([]);
    expect(pulledMegabytes()).toBeLessThan(3);
  },
);
