import type { APIRoute } from 'astro';
import { company } from '../../../shared/content/catalogue.ts';
import { toE164 } from '../../../shared/phone.ts';
import { later } from '../../../shared/time.ts';

/** The file must end within a year; each build renews it. */
const VALID_DAYS = 180;

/** Whom to write to about a security fault (RFC 9116). */
export const GET: APIRoute = ({ site }) =>
  new Response(
    [
      `Contact: tel:${toE164(company.hotline)}`,
      `Contact: ${new URL('/lien-he/', site).href}`,
      `Expires: ${later(new Date(), { days: VALID_DAYS }).toISOString()}`,
      'Preferred-Languages: vi, en',
      `Canonical: ${new URL('/.well-known/security.txt', site).href}`,
      '',
    ].join('\n'),
  );
