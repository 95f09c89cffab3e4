/** Limits of the pictures that customers and staff add to a record. Form, script and Worker read them here. */
export const photoLimits = {
  /** Pictures of one record from its sender, and as many from staff; also files of one post. */
  count: 6,
  /** Bytes of one file as it is sent. */
  fileBytes: 10 * 1024 * 1024,
  /** Bytes of one post. */
  postBytes: 62 * 1024 * 1024,
  /** Pixels of a side, and of the whole picture: more the platform does not turn. */
  side: 12_000,
  pixels: 100_000_000,
  /** Pixels of the longer side as it is kept. */
  keptSide: 1_600,
  /** Pictures that one network may send on a day. */
  networkDay: 20,
} as const;

/** What the file field offers. Phones turn HEIC into JPEG by themselves for it. */
export const PHOTO_ACCEPT = 'image/jpeg,image/png,image/webp';

/** Name of the file field. */
export const PHOTO_FIELD = 'photo';

/** Who added a picture: the sender, or staff, who say whether it shows the place before or after the work. */
export const photoSources = ['customer', 'before', 'after'] as const;

export type PhotoSource = (typeof photoSources)[number];
