/** Limits of the pictures that customers and staff add to a record. Form, script and Worker read them here. */
export const photoLimits = {
  /** Pictures of one record from its sender, as many from staff and from crews; also files of one post. */
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
  /** Pictures that customers of one network may send on a day. */
  networkDay: 20,
} as const;

/** What the file field offers. Phones turn HEIC into JPEG by themselves for it. */
export const PHOTO_ACCEPT = 'image/jpeg,image/png,image/webp';

/** Name of the file field. */
export const PHOTO_FIELD = 'photo';

/** Who added a picture; each side has `count` of its own. */
export const photoSides = ['customer', 'staff', 'crew'] as const;

export type PhotoSide = (typeof photoSides)[number];

/** What a picture is: the sender's, or whether it shows the place before or after the work. */
export const photoSources = ['customer', 'before', 'after'] as const;

export type PhotoSource = (typeof photoSources)[number];
