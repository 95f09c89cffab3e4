import { TimeoutError } from './failures.ts';

/** The promise's value, or a TimeoutError after so many milliseconds. The work itself is not stopped. */
export async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError()), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

/** Waits for some work, or so many milliseconds where it takes longer. The work goes on. */
export async function waitAtMost(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const time = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await Promise.race([work, time]);
  } finally {
    clearTimeout(timer);
  }
}

/** A clock that starts at an instant and goes on, for work that lasts long enough for its `now` to become wrong. */
export function startClock(from: Date): () => Date {
  const startedAt = performance.now();
  return () => new Date(from.getTime() + Math.round(performance.now() - startedAt));
}
