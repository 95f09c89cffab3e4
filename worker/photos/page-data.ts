import type { PhotoSide, PhotoSource } from '../../shared/photos.ts';
import { formatInstant } from '../../shared/time.ts';
import type { Photo } from '../personal-data/photo-store.ts';
import { entryOf, type FoundRecord } from '../records/find-record.ts';

/** Whether a record takes pictures: a request that is neither kept aside nor off, or a complaint that is not closed. */
export function takesPhotos(record: FoundRecord): boolean {
  if (entryOf(record).erasedAt !== null) return false;
  return record.kind === 'booking'
    ? ['requested', 'confirmed', 'completed'].includes(record.booking.state)
    : record.message.kind === 'complaint' && ['open', 'answered'].includes(record.message.state);
}

/** The pictures of one side. */
export function photosOf<T extends { side: PhotoSide }>(
  photos: readonly T[],
  side: PhotoSide,
): T[] {
  return photos.filter((photo) => photo.side === side);
}

const sourceWords: Readonly<Record<PhotoSource, string>> = {
  customer: 'Khách gửi',
  before: 'Trước khi làm',
  after: 'Sau khi làm',
};

/** "Trước khi làm, đội chụp, Thứ Hai, 23/11/2026, 9:00". */
export function photoLabel({ by, side, at }: Pick<Photo, 'by' | 'side' | 'at'>): string {
  const who = side === 'crew' ? ', đội chụp' : '';
  return `${sourceWords[by]}${who}, ${formatInstant(at)}`;
}

/** Pictures as a page shows them; `hrefOf` gives the address of what stands below the page, such as `anh/<id>`. */
export function photoRows(
  photos: readonly Photo[],
  { hrefOf, mayDelete }: { hrefOf: (part: string) => string; mayDelete: (photo: Photo) => boolean },
) {
  return photos.map((photo, at) => {
    const { id, width, height } = photo;
    const label = photoLabel(photo);
    const href = hrefOf(`anh/${id}`);
    return {
      ...{ href, width, height, label },
      alt: `Ảnh ${at + 1}: ${label}`,
      saveHref: `${href}${href.includes('?') ? '&' : '?'}tai=1`,
      deleteHref: mayDelete(photo) ? hrefOf(`anh/${id}/xoa`) : null,
    };
  });
}
