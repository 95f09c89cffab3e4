import exifr from 'exifr';
import sharp, { type Metadata } from 'sharp';

/** Endings of pictures that browsers show. */
export const PHOTO_EXTENSIONS = /\.(?:jpe?g|png|webp|avif)$/i;
/** Largest side of a photo in pixels; phones show far less. */
const MAX_SIDE = 2400;
const MAX_BYTES = 1_500_000;
/** Side in pixels to which a large photo is brought down. */
const SMALLER_SIDE = 2000;

export interface Photo {
  /** Longest side in pixels. */
  side: number;
  isTooLarge: boolean;
  /** Whether its metadata has a GPS position. */
  hasLocation: boolean;
}

/** Null where the bytes are no picture or a broken one. */
export async function inspectPhoto(bytes: Buffer): Promise<Photo | null> {
  const metadata = await readMetadata(bytes);
  if (metadata === null) return null;
  const { width, height, exif, xmp } = metadata;
  const side = Math.max(width, height);
  const inXmp = /GPSL(?:at|ong)itude/.test(xmp?.toString('latin1') ?? '');
  return {
    side,
    isTooLarge: bytes.length > MAX_BYTES || side > MAX_SIDE,
    hasLocation: inXmp || (exif !== undefined && (await hasGps(exif))),
  };
}

/** The photo turned upright, made smaller and without its metadata. */
export async function shrinkPhoto(bytes: Buffer): Promise<Buffer> {
  const size = { fit: 'inside', withoutEnlargement: true } as const;
  return sharp(bytes).rotate().resize(SMALLER_SIDE, SMALLER_SIDE, size).toBuffer();
}

async function readMetadata(bytes: Buffer): Promise<Metadata | null> {
  try {
    return await sharp(bytes).metadata();
  } catch (error) {
    // "Input Buffer is empty", "Input buffer contains unsupported image format", "Input buffer has corrupt header: …"
    if (error instanceof Error && error.message.toLowerCase().startsWith('input buffer'))
      return null;
    throw error;
  }
}

/** `exif` is the EXIF segment that sharp extracted, since exifr opens neither WebP files nor every AVIF. */
async function hasGps(exif: Buffer): Promise<boolean> {
  const block = exif.subarray(0, 4).toString('latin1') === 'Exif' ? exif.subarray(6) : exif;
  try {
    return (await exifr.gps(block)) !== undefined;
  } catch (error) {
    // A block that is cut off, or none at all.
    if (error instanceof RangeError) return false;
    if (error instanceof Error && error.message === 'Unknown file format') return false;
    throw error;
  }
}
