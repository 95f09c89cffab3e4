import type { ImageMetadata } from 'astro';

const photos = import.meta.glob<ImageMetadata>('../../content/photos/*.{jpg,jpeg,png,webp}', {
  import: 'default',
  eager: true,
});

/** A photo of content/photos by its file name; throws one sentence that names the missing file. */
export function photo(name: string): ImageMetadata {
  const found = photos[`../../content/photos/${name}`];
  if (found === undefined) {
    throw new Error(
      `content/photos/${name}: chưa có ảnh này. Sửa tên ảnh, hoặc thêm tệp .jpg, .png hay .webp.`,
    );
  }
  return found;
}
