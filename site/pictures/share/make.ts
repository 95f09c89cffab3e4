import { once } from 'node:events';
import { copyFileSync, linkSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';

/** Pictures that are handed over at once. */
const BATCH = 100;

/** A picture that a built page names. */
export interface WantedPicture {
  address: string;
  title: string;
}

/** Where pictures are kept, and the name that stands on them. */
export interface DrawingPlace {
  cache: string;
  name: string;
}

/** Makes the pictures for sharing while the pages that name them are built. */
export interface PictureMaker {
  /** Has a picture drawn, unless it is in the cache. */
  want: (picture: WantedPicture) => void;
  /** Waits for the last picture and puts all into the built site; says how many were drawn. */
  place: (dir: string) => Promise<number>;
}

/** A maker with a cache, in which a picture's address names all that it shows. */
export function makePictures(drawing: DrawingPlace): PictureMaker {
  mkdirSync(drawing.cache, { recursive: true });
  const known = new Set(readdirSync(drawing.cache));
  const files = new Set<string>();
  const missing: WantedPicture[] = [];
  let drawn = 0;
  let painter: Painter | null = null;
  const send = () => {
    if (missing.length === 0) return;
    painter ??= startPainter(drawing);
    drawn += missing.length;
    painter.draw(missing.splice(0));
  };
  return {
    want: (picture) => {
      const file = path.basename(picture.address);
      files.add(file);
      if (known.has(file)) return;
      known.add(file);
      if (missing.push(picture) >= BATCH) send();
    },
    place: async (dir) => {
      send();
      await painter?.end();
      mkdirSync(path.join(dir, 'chia-se'), { recursive: true });
      for (const file of files) {
        link(path.join(drawing.cache, file), path.join(dir, 'chia-se', file));
      }
      return drawn;
    },
  };
}

/** A thread that draws. */
interface Painter {
  draw: (pictures: readonly WantedPicture[]) => void;
  /** Ends when all is drawn; throws what went wrong in the thread. */
  end: () => Promise<void>;
}

function startPainter(drawing: DrawingPlace): Painter {
  const thread = new Worker(new URL('./thread.ts', import.meta.url), { workerData: drawing });
  const ended = Promise.allSettled([once(thread, 'exit')]);
  return {
    draw: (pictures) => thread.postMessage(pictures),
    end: async () => {
      thread.postMessage(null);
      const [result] = await ended;
      if (result.status === 'rejected') throw result.reason;
    },
  };
}

/** A second name for a file that never changes; a copy where the two folders are on different disks. */
function link(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
