import { tryListPhotos } from '../personal-data/photo-store.ts';
import { photoRows, takesPhotos } from '../photos/page-data.ts';
import { idOf, type FoundRecord } from '../records/find-record.ts';
import type { AppContext } from '../web/context.ts';
import { canShowDetails, type OpenedLink } from './access.ts';

/** A record's pictures on its sender's page: how many, and after the press that shows the details the pictures themselves. */
export async function senderPhotos(c: AppContext, record: FoundRecord, link: OpenedLink) {
  const listed = canShowDetails(link) ? await tryListPhotos(c.env, idOf(record)) : [];
  const photos = listed ?? [];
  const canAdd = canShowDetails(link) && takesPhotos(record);
  const hrefOf = (part: string) => link.self.replace('/?', `/${part}?`);
  return {
    hasPhotos: canAdd || photos.length > 0 || listed === null,
    photoAction: canAdd ? hrefOf('anh/') : null,
    photoCount: link.isShown || photos.length === 0 ? null : `${photos.length} ảnh`,
    photosLater: listed === null,
    photos: link.isShown ? photoRows(photos, { hrefOf, mayDelete: () => true }) : [],
  };
}
