import sharp from 'sharp';

/** A picture that lies on its side and that no other looks like, with a mark of people.ts and a place among what its camera noted. */
export function takePicture(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  return sharp({ create: { width, height, channels: 3, noise, background: '#888' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: 'Camera moc-dau' },
      IFD3: { GPSLatitude: '18/1 40/1 0/1' },
    })
    .toBuffer();
}

/** A file as a field of the browser takes it. */
export function asPhoto(name: string, buffer: Buffer) {
  return { name, mimeType: 'image/jpeg', buffer };
}
