const files = import.meta.glob<string>('../../content/video/*.{mp4,vtt,webp}', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});

/** The addresses of a clip of our own: film, captions and the picture shown before it plays. */
export interface Clip {
  film: string;
  captions: string;
  poster: string;
}

/** The clip of content/video by its name; throws one sentence that names a missing file. */
export function clip(name: string): Clip {
  const address = (ending: string) => {
    const found = files[`../../content/video/${name}.${ending}`];
    if (found === undefined) {
      throw new Error(
        `content/video/${name}.${ending}: chưa có tệp này. Một phim cần .mp4, .vtt (phụ đề) và .webp (hình chờ).`,
      );
    }
    return found;
  };
  return { film: address('mp4'), captions: address('vtt'), poster: address('webp') };
}
