import { env } from 'cloudflare:workers';
import { encodingsOf, toByteString } from '../../../tests/encodings';
import { MARKERS, PHONE_MARKER } from './people';
import type { Simulation } from './simulation';

/** Tables with columns of text, sealed columns included. */
const TABLES = [
  'bookings',
  'messages',
  'seats',
  'deliveries',
  'channels',
  'disclosures',
  'events',
  'receipts',
  'rights_requests',
  'task_runs',
  'page_failures',
  'tries',
] as const;

const needles = MARKERS.flatMap((marker) =>
  encodingsOf(marker).map((bytes) => ({ marker, bytes })),
);

/** No log line or error report, queue message, row or masked e-mail holds anything of a person, in any encoding. */
export async function findLeaks({ logs, mailbox }: Simulation): Promise<string[]> {
  const tables = await env.DB.batch(
    TABLES.map((table) => env.DB.prepare(`select * from ${table}`)),
  );
  const places: Record<string, string> = {
    logs: logs.join('\n'),
    rows: JSON.stringify(tables.map(({ results }) => results)),
    mails: mailbox.taken.map(({ subject, text }) => subject + text).join('\n'),
  };
  return Object.entries(places).flatMap(([place, text]) =>
    [...listMarkers(text)].map((marker) => `${marker} is in the ${place}`),
  );
}

function listMarkers(text: string): Set<string> {
  const bytes = toByteString(text);
  const found = needles.filter((needle) => bytes.includes(needle.bytes));
  // So few digits can come up in base64 by chance, so only written digits are searched for.
  const numbers = PHONE_MARKER.exec(text.replaceAll(/[ .]/g, '')) ?? [];
  return new Set([...found.map(({ marker }) => marker), ...numbers]);
}
