import type { APIRequestContext, Page } from '@playwright/test';
import { personalFields } from '../../shared/privacy/register.ts';
import { isMarked } from './people.ts';

/** Watches what a journey sends: a personal value that is of nobody in people.ts goes into `strangers`. */
export function watchPage(page: Page, strangers: string[]): void {
  page.on('request', (request) => {
    if (request.method() === 'POST') strangers.push(...findStrangers(request.postDataJSON()));
  });
  watchRequests(page.request, strangers);
}

/** The same for what a journey sends without a page. */
export function watchRequests(requests: APIRequestContext, strangers: string[]): void {
  const post = requests.post.bind(requests);
  requests.post = (url, options) => {
    strangers.push(...findStrangers(options?.data ?? options?.form ?? options?.multipart));
    return post(url, options);
  };
}

/** The personal values among fields that the search for what is left would not find. */
export function findStrangers(fields: unknown): string[] {
  if (typeof fields !== 'object' || fields === null) return [];
  return Object.entries(fields).flatMap(([name, value]) =>
    name in personalFields && typeof value === 'string' && value !== '' && !isMarked(value)
      ? [`${name}: ${value}`]
      : [],
  );
}
