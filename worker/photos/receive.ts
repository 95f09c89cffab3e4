import { PHOTO_FIELD, photoLimits, type PhotoSide, type PhotoSource } from '../../shared/photos.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { hashNetwork } from '../personal-data/network-key.ts';
import { deletePhoto, keepPhoto, listPhotos, type Photo } from '../personal-data/photo-store.ts';
import { findKeyRow } from '../store/key-rows.ts';
import { takeTries, type TryLimit } from '../store/limits.ts';
import type { AppContext } from '../web/context.ts';
import { networkOf } from '../web/guard.ts';
import { BodyTooLargeError, type Part, readBoundary, readParts } from './multipart.ts';
import { photosOf } from './page-data.ts';
import { readPictureHeader } from './picture-header.ts';
import { reencode } from './reencode.ts';
import type { FileError, FileFault } from './words.ts';

/** A picture just kept, as a program is told of it. */
export interface KeptPhoto {
  id: string;
  width: number;
  height: number;
}

/** A picture just kept, and which file of the post it was. */
type Placed = KeptPhoto & { index: number };

/** What became of a post's files: each is judged alone, and the good ones are kept. Or why the post cannot be read. */
export type Received =
  | { outcome: 'read'; photos: KeptPhoto[]; errors: FileError[] }
  | { outcome: 'wrongType' | 'tooLarge' | 'nothing' };

/** Who may add how many pictures to which record. */
interface Receiving {
  recordId: string;
  by: PhotoSide;
  /** Pictures that the record has. */
  had: readonly Photo[];
}

/** Name of the field, before the files, by which staff and crews say what a picture shows. */
const MOMENT_FIELD = 'moment';

/** Receives the files of a post one after the other: header, limits, written anew, sealed, kept. */
export async function receivePhotos(c: AppContext, receiving: Receiving): Promise<Received> {
  const type = c.req.header('Content-Type') ?? '';
  const boundary = readBoundary(type);
  if (boundary === null) {
    const isPlainForm = type.startsWith('application/x-www-form-urlencoded');
    return { outcome: isPlainForm ? 'nothing' : 'wrongType' };
  }
  const { fileBytes, postBytes } = photoLimits;
  if (Number(c.req.header('Content-Length') ?? 0) > postBytes) return { outcome: 'tooLarge' };
  const photos: Placed[] = [];
  const errors: FileError[] = [];
  let moment: PhotoSource = receiving.by === 'customer' ? 'customer' : 'after';
  let index = 0;
  try {
    const limits = { boundary, partBytes: fileBytes, bodyBytes: postBytes };
    for await (const part of readParts(c.req.raw.body, limits)) {
      if (part.name === MOMENT_FIELD && receiving.by !== 'customer') moment = readMoment(part);
      if (part.name !== PHOTO_FIELD || part.fileName === null) continue;
      const place = { index, kept: photos.length, moment };
      const kept = await receiveFile(c, part, { ...receiving, ...place });
      if (typeof kept === 'string') errors.push({ index, fault: kept });
      else photos.push({ index, ...kept });
      index += 1;
    }
  } catch (error) {
    if (!(error instanceof BodyTooLargeError)) throw error;
    if (photos.length === 0) return { outcome: 'tooLarge' };
    errors.push({ index, fault: 'large' });
  }
  if (index === 0 && errors.length === 0) return { outcome: 'nothing' };
  return { outcome: 'read', ...(await withinRecord(c, receiving, { photos, errors })) };
}

function readMoment({ bytes }: Part): PhotoSource {
  const text = bytes === null ? '' : new TextDecoder().decode(bytes);
  return text === 'before' ? 'before' : 'after';
}

interface FilePlace extends Receiving {
  index: number;
  /** Files of the post that were kept so far. */
  kept: number;
  moment: PhotoSource;
}

/** Keeps one file, or says what is wrong with it. */
async function receiveFile(
  c: AppContext,
  { bytes, isWhole, fileName }: Part,
  { recordId, by, had, index, kept, moment }: FilePlace,
): Promise<KeptPhoto | FileFault> {
  const fault = judgeFile(bytes, isWhole);
  if (fault !== null) return fault;
  if (bytes === null) return 'large';
  const id = chooseId(
    fileName,
    had.filter(({ side }) => side !== by),
  );
  const others = photosOf(had, by).filter((photo) => photo.id !== id).length + kept;
  if (others >= photoLimits.count || index >= photoLimits.count) return 'tooMany';
  try {
    if ((await takeTries(c.env.DB, await dayLimits(c, by), c.var.now)) !== null) return 'day';
    const written = await reencode(c.env.IMAGES, bytes);
    if (written === null) return 'broken';
    const isKept = await keepPhoto(c.env, recordId, {
      ...{ id, by: moment, side: by, at: c.var.now },
      ...written,
    });
    return isKept ? { id, width: written.width, height: written.height } : 'unavailable';
  } catch (error) {
    if (!isServiceFailure(error) && !isImagesError(error)) throw error;
    logError('photo_not_kept', error, { id: recordId });
    return 'unavailable';
  }
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * The id that the script gave a file as its name: a picture sent again after a lost answer is then kept once. A new one for any
 * other name, and where the id is that of a picture of another side.
 */
function chooseId(fileName: string | null, others: readonly Photo[]): string {
  const isFree = fileName !== null && UUID.test(fileName);
  return isFree && !others.some(({ id }) => id === fileName) ? fileName : crypto.randomUUID();
}

/** What the bytes alone say against a file. */
function judgeFile(bytes: Uint8Array | null, isWhole: boolean): FileFault | null {
  if (bytes === null) return 'large';
  if (!isWhole) return 'cut';
  const header = readPictureHeader(bytes);
  if (typeof header === 'string') return header;
  const { width, height, isAnimated } = header;
  if (isAnimated) return 'animated';
  if (width === 0 || height === 0) return 'broken';
  const { side, pixels } = photoLimits;
  return width > side || height > side || width * height > pixels ? 'pixels' : null;
}

function isImagesError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}

/** Hexadecimal digits of a network's hash that are counted under. */
const BUCKET_DIGITS = 3;

/**
 * Pictures a day, of the whole site and of one network of customers; whoever has a link of staff works. The network is counted as one of 4,096 that it falls into by the random
 * key of the day: hundreds of thousands fall into each, so the name says nothing of anyone and may stand in copies.
 */
async function dayLimits(c: AppContext, by: PhotoSide): Promise<TryLimit[]> {
  const whole = { name: 'photos', limit: Number(c.env.PHOTO_LIMIT), span: 'day' } as const;
  if (by !== 'customer') return [whole];
  const network = await hashNetwork(c.env.VAULT, networkOf(c), c.var.now);
  if (network === null) return [whole];
  const name = `photos:${network.slice(0, BUCKET_DIGITS)}`;
  return [{ name, limit: photoLimits.networkDay, span: 'day' }, whole];
}

/**
 * Looks again once the pictures are there: an erasure may have come in between, and of posts at the same time only the first
 * pictures count. The bucket agrees with itself at once, so two posts see each other here.
 */
async function withinRecord(
  c: AppContext,
  { recordId, by }: Receiving,
  { photos, errors }: { photos: Placed[]; errors: FileError[] },
): Promise<{ photos: KeptPhoto[]; errors: FileError[] }> {
  if (photos.length === 0) return { photos, errors };
  const [row, all] = await Promise.all([
    findKeyRow(c.env.DB, recordId),
    listPhotos(c.env, recordId),
  ]);
  const isGone = row === null || row.erasedAt !== null;
  const first = isGone ? [] : photosOf(all, by).slice(0, photoLimits.count);
  const [kept, beyond] = [true, false].map((stays) =>
    photos.filter(({ id }) => first.some((one) => one.id === id) === stays),
  ) as [Placed[], Placed[]];
  await Promise.all(beyond.map(({ id }) => deletePhoto(c.env, recordId, id)));
  const refused = beyond.map(({ index }) => ({ index, fault: 'tooMany' as const }));
  return {
    photos: kept.map(({ id, width, height }) => ({ id, width, height })),
    errors: [...errors, ...refused].toSorted((a, b) => a.index - b.index),
  };
}
