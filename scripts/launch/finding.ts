/** Something that stands between the site and going live. */
export interface Finding {
  /** A red line stops a deployment; a todo is for the owner to weigh. */
  level: 'red' | 'todo';
  /** Where it is mended. */
  place: string;
  /** A Vietnamese sentence: what is missing and how to mend it. */
  message: string;
}

/** A finding that stops a deployment. */
export function red(place: string, message: string): Finding {
  return { level: 'red', place, message };
}

/** A finding that the owner may leave for later. */
export function todo(place: string, message: string): Finding {
  return { level: 'todo', place, message };
}
