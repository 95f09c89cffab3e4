import * as v from 'valibot';
import { type PhotoSide, photoSides, photoSources } from '../../shared/photos.ts';
import { isServiceFailure } from '../base/failures.ts';
import { logError } from '../base/log.ts';
import { openBytes, openKeyStore, sealBytes } from './key-store.ts';
import type { Bytes } from './seal.ts';

/**
 * The pictures of records: the R2 bucket `PHOTOS` holds each under `<record id>/<photo id>`, sealed under the record's data key
 * with that name as additional data. The bucket alone says which pictures there are, so nothing has to agree with it, also after
 * a restore of the database.
 */
type PhotoEnv = Pick<Env, 'PHOTOS' | 'VAULT' | 'SEAL_KEYS'>;

const MetadataSchema = v.object({
  by: v.picklist(photoSources),
  /** Absent on pictures of before crews took any. */
  side: v.optional(v.picklist(photoSides)),
  width: v.pipe(v.string(), v.toNumber()),
  height: v.pipe(v.string(), v.toNumber()),
  at: v.pipe(v.string(), v.toDate()),
});

/** What is known of a picture without opening it. */
export interface Photo extends v.InferOutput<typeof MetadataSchema> {
  id: string;
  side: PhotoSide;
}

/** Objects that one call lists or deletes at most. */
const PAGE = 1_000;

/** The pictures of a record in the order in which they came into the bucket. */
export async function listPhotos({ PHOTOS }: PhotoEnv, recordId: string): Promise<Photo[]> {
  const { objects } = await PHOTOS.list({
    prefix: `${recordId}/`,
    include: ['customMetadata'],
    limit: PAGE,
  });
  return objects
    .toSorted((a, b) => a.uploaded.getTime() - b.uploaded.getTime() || (a.key < b.key ? -1 : 1))
    .map(readPhoto);
}

/** The pictures of a record as a page shows them; null where the bucket does not answer. */
export async function tryListPhotos(env: PhotoEnv, recordId: string): Promise<Photo[] | null> {
  try {
    return await listPhotos(env, recordId);
  } catch (error) {
    if (!isServiceFailure(error)) throw error;
    logError('photos_unavailable', error, { id: recordId });
    return null;
  }
}

/** Seals and keeps a picture; false where the record's key has ended. */
export async function keepPhoto(
  env: PhotoEnv,
  recordId: string,
  { id, by, side, width, height, at, bytes }: Photo & { bytes: Bytes },
): Promise<boolean> {
  const name = `${recordId}/${id}`;
  const sealed = await sealBytes(openKeyStore(env), { id: recordId, name }, bytes);
  if (sealed === null) return false;
  const customMetadata = {
    by,
    side,
    width: String(width),
    height: String(height),
    at: at.toISOString(),
  };
  await env.PHOTOS.put(name, sealed, { customMetadata });
  return true;
}

/** The bytes of pictures in their order, those left out that are not there; null where the record's key has ended. */
export async function openPhotos(
  env: PhotoEnv,
  recordId: string,
  ids: readonly string[],
): Promise<{ id: string; bytes: Bytes }[] | null> {
  const read = await Promise.all(
    ids.map(async (id) => {
      const object = await env.PHOTOS.get(`${recordId}/${id}`);
      return object === null ? [] : [{ id, bytes: new Uint8Array(await object.arrayBuffer()) }];
    }),
  );
  const found = read.flat();
  const sealed = found.map(({ id, bytes }) => ({ name: `${recordId}/${id}`, bytes }));
  const opened = await openBytes(openKeyStore(env), recordId, sealed);
  return opened?.map((bytes, at) => ({ id: found[at]?.id ?? '', bytes })) ?? null;
}

export async function deletePhoto(env: PhotoEnv, recordId: string, id: string): Promise<void> {
  await env.PHOTOS.delete(`${recordId}/${id}`);
}

/** Deletes every picture of a record. Without the record's key they are unreadable already; what stays ends by the hourly run. */
export async function deletePhotos({ PHOTOS }: PhotoEnv, recordId: string): Promise<void> {
  const { objects } = await PHOTOS.list({ prefix: `${recordId}/`, limit: PAGE });
  if (objects.length > 0) await PHOTOS.delete(objects.map(({ key }) => key));
}

/** Names in the bucket, `<record id>/<photo id>`; `next` is the name to go on after, null where there are no more. */
export interface NamesPage {
  names: string[];
  next: string | null;
}

export async function listNames(
  { PHOTOS }: Pick<Env, 'PHOTOS'>,
  startAfter: string,
): Promise<NamesPage> {
  const page = await PHOTOS.list({ limit: PAGE, ...(startAfter === '' ? {} : { startAfter }) });
  const names = page.objects.map(({ key }) => key);
  return { names, next: page.truncated ? (names.at(-1) ?? null) : null };
}

export async function deleteNames(
  { PHOTOS }: Pick<Env, 'PHOTOS'>,
  names: readonly string[],
): Promise<void> {
  if (names.length > 0) await PHOTOS.delete([...names]);
}

function readPhoto({ key, customMetadata }: R2Object): Photo {
  const id = key.slice(key.indexOf('/') + 1);
  const photo = v.parse(MetadataSchema, customMetadata);
  return { id, ...photo, side: photo.side ?? (photo.by === 'customer' ? 'customer' : 'staff') };
}
