import { env } from 'cloudflare:workers';
import type { StaffSigning } from '../signing/staff-links.ts';
import { readStaffKeys } from '../signing/tokens.ts';
import { NOW } from './fixtures.ts';

/** What signs the links of staff in a database where none were closed yet. */
export function staffSigning(now = NOW, epoch = 0): StaffSigning {
  return { keys: readStaffKeys(env.STAFF_KEYS), now, epoch };
}
