import { copyFileSync, existsSync, linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { motifOf } from './address.ts';
import { drawCard } from './card.ts';

/** A picture that a built page names. */
export interface WantedPicture {
  /** Path in the site, which names all that the picture shows (address.ts). */
  address: string;
  title: string;
}

export interface PictureSettings {
  /** The company's name, which stands on every picture. */
  name: string;
  /** Folder that keeps pictures for the next build. */
  cache: string;
  /** Folder of the built site. */
  site: string;
}

/** Puts pictures into the built site and draws those that the cache does not have; answers how many it drew. */
export async function makePictures(
  wanted: readonly WantedPicture[],
  { name, cache, site }: PictureSettings,
): Promise<number> {
  const titles = new Map(wanted.map(({ address, title }) => [address, title]));
  const cached = (address: string) => path.join(cache, path.basename(address));
  const missing = [...titles].filter(([address]) => !existsSync(cached(address)));
  mkdirSync(cache, { recursive: true });
  await eachAtOnce(missing, async ([address, title]) => {
    const png = await drawCard({ title, motif: motifOf(address), name });
    writeFileSync(cached(address), png);
  });
  for (const address of titles.keys()) {
    const file = path.join(site, address);
    mkdirSync(path.dirname(file), { recursive: true });
    link(cached(address), file);
  }
  return missing.length;
}

/** Works through a list, with as many items at a time as there are cores. */
async function eachAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const workers = Array.from({ length: availableParallelism() }, async () => {
    for (const item of left) await work(item);
  });
  await Promise.all(workers);
}

/** A second name for a file that never changes; a copy where the two folders are on different disks. */
function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
