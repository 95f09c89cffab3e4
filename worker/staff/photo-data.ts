import { tryListPhotos } from '../personal-data/photo-store.ts';
import { photoRows, takesPhotos } from '../photos/page-data.ts';
import { entryOf, type FoundRecord } from '../records/find-record.ts';
import type { AppContext } from '../web/context.ts';
import { detailsOpenUntil } from '../web/details-cookie.ts';
import { selfPath } from './access.ts';

/** A record's pictures on its staff page: how many, and while the details are open the pictures and the form to add own ones. */
export async function staffPhotos(c: AppContext, record: FoundRecord) {
  const entry = entryOf(record);
  const [listed, until] = await Promise.all([
    tryListPhotos(c.env, entry.id),
    detailsOpenUntil(c, { reader: 'viec', id: entry.id }),
  ]);
  const isOpen = until !== null;
  const photos = listed ?? [];
  const hrefOf = (part: string) => `${selfPath(c, entry)}${part}`;
  const canAdd = isOpen && takesPhotos(record);
  return {
    hasPhotos: canAdd || photos.length > 0 || listed === null,
    photoAction: canAdd ? hrefOf('anh/') : null,
    photoCount: isOpen || photos.length === 0 ? null : `${photos.length} ảnh`,
    photosLater: listed === null,
    photos: isOpen
      ? photoRows(photos, { hrefOf, mayDelete: ({ side }) => side !== 'customer' })
      : [],
  };
}
