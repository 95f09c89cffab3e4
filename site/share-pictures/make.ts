import { copyFileSync, existsSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { motifOf } from './address.ts';
import { makePainter } from './card.ts';

/** A picture that a built page names. */
export interface WantedPicture {
  address: string;
  title: string;
}

/** Puts every picture into the built site: from the cache where its address is known there, else drawn and cached. */
export async function makeSharePictures(
  wanted: readonly WantedPicture[],
  places: { dir: string; cache: string; name: string },
): Promise<{ drawn: number }> {
  const files = new Map(wanted.map((picture) => [path.basename(picture.address), picture]));
  mkdirSync(places.cache, { recursive: true });
  mkdirSync(path.join(places.dir, 'chia-se'), { recursive: true });
  const missing = [...files].filter(([file]) => !existsSync(path.join(places.cache, file)));
  if (missing.length > 0) {
    const painter = await makePainter(
      places.name,
      missing.map(([, { title }]) => title),
    );
    for (const [file, { address, title }] of missing) {
      const png = await painter.paint({ title, motif: motifOf(address) });
      writeFileSync(path.join(places.cache, file), png);
    }
  }
  for (const file of files.keys()) {
    place(path.join(places.cache, file), path.join(places.dir, 'chia-se', file));
  }
  return { drawn: missing.length };
}

/** A second name for a file that never changes; a copy where the two folders are on different disks. */
function place(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
