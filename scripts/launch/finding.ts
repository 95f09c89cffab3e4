/** Something to do before the site goes live. */
export interface Finding {
  /** `red` stops a deployment; the owner may leave a `todo` for later. */
  level: 'red' | 'todo';
  /** Where it is mended, for example `content/company.json → zalo`. */
  place: string;
  /** A Vietnamese sentence: what is missing and how to mend it. */
  message: string;
}

export function red(place: string, message: string): Finding {
  return { level: 'red', place, message };
}

export function todo(place: string, message: string): Finding {
  return { level: 'todo', place, message };
}
