import sharp, { type Sharp } from 'sharp';

const NAMES = ['gps', 'turned', 'cmyk', 'png', 'webp', 'animatedWebp', 'gif', 'large'] as const;

/** Pictures by name, as base64. */
export type Pictures = Readonly<Record<(typeof NAMES)[number], string>>;

/** Pictures that only a library can write, small enough for a binding of the test runtime. */
export async function makePictures(): Promise<Pictures> {
  const plain = () =>
    sharp({ create: { width: 40, height: 20, channels: 3, background: '#c04020' } });
  const large = sharp({
    create: { width: 2000, height: 1000, channels: 3, background: '#204080' },
  });
  const frames = await Promise.all([plain().png().toBuffer(), plain().negate().png().toBuffer()]);
  const made = {
    gps: plain()
      .jpeg()
      .withExif({ IFD0: { Make: 'Camera of Hoa' }, IFD3: { GPSLatitude: '18/1 40/1 0/1' } }),
    // Lying on its side, as most phones write a picture taken upright.
    turned: plain().jpeg().withMetadata({ orientation: 6 }),
    cmyk: plain().toColourspace('cmyk').jpeg(),
    png: plain().png(),
    webp: plain().webp(),
    animatedWebp: sharp(frames, { join: { animated: true } }).webp(),
    gif: sharp(frames, { join: { animated: true } }).gif(),
    large: large.jpeg(),
  } satisfies Record<keyof Pictures, Sharp>;
  const entries = NAMES.map(async (name) => [
    name,
    (await made[name].toBuffer()).toString('base64'),
  ]);
  return Object.fromEntries(await Promise.all(entries)) as Pictures;
}
