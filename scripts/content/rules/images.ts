import { readFileSync } from 'node:fs';
import path from 'node:path';
import exifr from 'exifr';
import sharp from 'sharp';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

/** Largest side of a photo in pixels; phones show far less. */
export const IMAGE_MAX_SIDE = 2400;
/** Largest photo in bytes. */
export const IMAGE_MAX_BYTES = 1_500_000;
/** Pictures that the site can show. */
export const IMAGE_FILES = /\.(?:jpe?g|png|webp|avif)$/i;

/** Pictures that browsers do not show. */
export const FOREIGN_IMAGES = /\.(?:heic|heif|tiff?|bmp|gif|raw|dng)$/i;

/** Photos are in a format that browsers show, not too large, and tell no place. */
export async function checkImages({ root, files }: ContentFolder): Promise<Problem[]> {
  const at = (file: string, message: string) => ({ file, line: 1, field: '(ảnh)', message });
  const foreign = [...files.keys()]
    .filter((file) => FOREIGN_IMAGES.test(file))
    .map((file) =>
      at(
        file,
        'Trình duyệt không mở được loại ảnh này: xuất lại thành .jpg rồi thay tệp (iPhone: Cài đặt → Camera → Định dạng → Tương thích nhất).',
      ),
    );
  const known = [...files].filter(([file]) => IMAGE_FILES.test(file));
  const checked = known.map(async ([file, bytes]) => {
    const found = await inspectImage(path.join(root, file)).catch(() => null);
    if (!found)
      return [at(file, 'Không mở được ảnh: tệp hỏng hoặc sai đuôi. Xuất lại rồi thay tệp.')];
    const tooLarge = bytes > IMAGE_MAX_BYTES || found.side > IMAGE_MAX_SIDE;
    return [
      ...(tooLarge
        ? [
            at(
              file,
              `Ảnh lớn quá (${Math.round(bytes / 1000)} KB, cạnh dài ${found.side} điểm): chạy npm run content -- check --fix để thu nhỏ.`,
            ),
          ]
        : []),
      ...(found.hasPlace
        ? [
            at(
              file,
              'Ảnh còn ghi vị trí nơi chụp (GPS): chạy npm run content -- check --fix để gỡ.',
            ),
          ]
        : []),
    ];
  });
  return [...foreign, ...(await Promise.all(checked)).flat()];
}

/** Longest side of a picture in pixels and whether it tells where it was taken. */
export async function inspectImage(file: string): Promise<{ side: number; hasPlace: boolean }> {
  // As bytes, since sharp remembers files by name and --fix has just changed them.
  const { width, height, exif, xmp } = await sharp(readFileSync(file)).metadata();
  const inWords = /GPSL(?:at|ong)itude/.test(xmp?.toString('latin1') ?? '');
  return { side: Math.max(width, height), hasPlace: inWords || (await tellsPlace(exif)) };
}

/** Whatever the format, sharp hands over the same block; exifr itself opens neither WebP nor every AVIF. */
async function tellsPlace(exif: Buffer | undefined): Promise<boolean> {
  if (exif === undefined) return false;
  const block = exif.subarray(0, 4).toString('latin1') === 'Exif' ? exif.subarray(6) : exif;
  return (await exifr.gps(block).catch(() => undefined)) !== undefined;
}
