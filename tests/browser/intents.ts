import { setTimeout as pause } from 'node:timers/promises';
import type { APIRequestContext } from '@playwright/test';
import { services } from '../../shared/content/catalogue.ts';

/** Longer than a form has to be open before it is sent. */
const OPEN_MS = 2_100;

/** So many intents for posts of a program, old enough to be used: for each form that is named, in that order. */
export async function fetchIntents(
  request: APIRequestContext,
  forms: readonly ('booking' | 'contact')[],
): Promise<string[]> {
  const intents: string[] = [];
  for (const form of forms) {
    const path =
      form === 'booking' ? `/api/availability?service=${services[0]?.id}` : '/api/contact/intent';
    const { intent } = (await (await request.get(path)).json()) as { intent: string };
    intents.push(intent);
  }
  await pause(OPEN_MS);
  return intents;
}
