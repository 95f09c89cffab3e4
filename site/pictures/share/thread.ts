import { on } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import * as v from 'valibot';
import { motifOf } from './address.ts';
import { makePainter } from './card.ts';
import type { DrawingPlace, WantedPicture } from './make.ts';

const PlaceSchema: v.GenericSchema<DrawingPlace> = v.object({
  cache: v.string(),
  name: v.string(),
});
const MessagesSchema: v.GenericSchema<(WantedPicture[] | null)[]> = v.array(
  v.nullable(v.array(v.object({ address: v.string(), title: v.string() }))),
);

/** Draws batches of pictures into the cache, beside the thread that builds the pages, until it is sent null. */
async function drawBatches(port: NonNullable<typeof parentPort>): Promise<void> {
  const { cache, name } = v.parse(PlaceSchema, workerData);
  const painter = await makePainter(name);
  for await (const message of on(port, 'message')) {
    const [pictures = null] = v.parse(MessagesSchema, message);
    if (pictures === null) return;
    await painter.learn(pictures.map(({ title }) => title));
    for (const { address, title } of pictures) {
      const png = await painter.paint({ title, motif: motifOf(address) });
      writeFileSync(path.join(cache, path.basename(address)), png);
    }
  }
}

if (parentPort !== null) await drawBatches(parentPort);
