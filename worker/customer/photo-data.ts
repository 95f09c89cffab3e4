import { tryListPhotos } from '../personal-data/photo-store.ts';
import { photoRows, takesPhotos } from '../photos/page-data.ts';
import { idOf, type FoundRecord } from '../records/find-record.ts';
import type { AppContext } from '../web/context.ts';
import { canShowDetails, type OpenedLink } from './access.ts';

/** What pictures are asked for: of what is to be done, then of what was not done well. */
function photoRequest(record: FoundRecord, now: Date): string {
  const isAhead = record.kind === 'booking' && now < record.booking.visitStartsAt;
  return isAhead ? 'Gửi ảnh chỗ cần làm' : 'Gửi ảnh chỗ chưa đạt';
}

/** A record's pictures on its sender's page: how many, and after the press that shows the details the pictures themselves. */
export async function senderPhotos(c: AppContext, record: FoundRecord, link: OpenedLink) {
  const listed = canShowDetails(link) ? await tryListPhotos(c.env, idOf(record)) : [];
  const photos = listed ?? [];
  const canAdd = canShowDetails(link) && takesPhotos(record);
  const hrefOf = (part: string) => link.self.replace('/?', `/${part}?`);
  return {
    hasPhotos: canAdd || photos.length > 0 || listed === null,
    photoAction: canAdd ? hrefOf('anh/') : null,
    photoLabel: photoRequest(record, c.var.now),
    photoCount: link.isShown || photos.length === 0 ? null : `${photos.length} ảnh`,
    photosLater: listed === null,
    photos: link.isShown ? photoRows(photos, { hrefOf, mayDelete: () => true }) : [],
  };
}
