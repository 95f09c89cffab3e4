import { tryListPhotos } from '../../personal-data/photo-store.ts';
import { photosOf } from '../../photos/page-data.ts';

/** How many pictures the sender of a record has added; 0 where the bucket does not answer. */
export async function countPhotos(env: Env, recordId: string): Promise<number> {
  return photosOf((await tryListPhotos(env, recordId)) ?? [], 'customer').length;
}
