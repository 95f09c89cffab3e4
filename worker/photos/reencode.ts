import { photoLimits } from '../../shared/photos.ts';
import { withTimeout } from '../base/timeout.ts';
import type { Bytes } from '../personal-data/seal.ts';

/** A picture as it is kept: WebP, upright, with nothing of what the camera noted. */
export interface Reencoded {
  bytes: Bytes;
  width: number;
  height: number;
}

/** Codes by which Images says that it takes no further pictures this month; all others say that this one is broken. */
const USED_UP = [9422, 9432];
const REENCODE_MS = 20_000;

/**
 * Writes a picture anew through the Images binding, at most 1,600 pixels long; null where it cannot be decoded. Images turns it
 * as its orientation flag says before it drops the flag. Throws where the service fails.
 */
export async function reencode(
  images: ImagesBinding,
  bytes: Uint8Array,
): Promise<Reencoded | null> {
  const { keptSide } = photoLimits;
  try {
    const work = async () => {
      const result = await images
        .input(streamOf(bytes))
        .transform({ width: keptSide, height: keptSide, fit: 'scale-down' })
        .output({ format: 'image/webp', quality: 75, anim: false });
      return new Uint8Array(await new Response(result.image()).arrayBuffer());
    };
    const written = await withTimeout(work(), REENCODE_MS);
    return { bytes: written, ...(await sizeOf(images, written)) };
  } catch (error) {
    if (isBroken(error)) return null;
    throw error;
  }
}

async function sizeOf(images: ImagesBinding, bytes: Uint8Array) {
  const info = await images.info(streamOf(bytes));
  return 'width' in info ? { width: info.width, height: info.height } : { width: 0, height: 0 };
}

function isBroken(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return typeof error.code === 'number' && !USED_UP.includes(error.code);
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([bytes as BlobPart]).stream();
}
