import { defineMiddleware } from 'astro:middleware';
import { leanPolicy } from './lean-policy.ts';

/** Runs once per page while the site is built. */
export const onRequest = defineMiddleware(async (_, next) => {
  const response = await next();
  if (response.headers.get('Content-Type')?.startsWith('text/html') !== true) return response;
  return new Response(leanPolicy(await response.text()), response);
});
