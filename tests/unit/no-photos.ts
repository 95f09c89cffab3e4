/** A bucket without pictures. */
export const noPhotos = {
  list: async () => ({ objects: [], truncated: false }),
} as unknown as R2Bucket;
