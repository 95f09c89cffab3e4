import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { format, resolveConfig } from 'prettier';
import { DispatchBodySchema } from '../../shared/jobs/dispatch.ts';
import { ROOT } from '../tools/environment.mjs';

/** Where dispatch partners find the schema. */
export const SCHEMA_FILE = path.join(ROOT, 'docs', 'dispatch.schema.json');

/** The JSON Schema of a dispatch webhook's body, as text, from the schema that every body is checked with. */
export async function renderDispatchSchema(): Promise<string> {
  const schema = {
    ...toJsonSchema(DispatchBodySchema, { target: 'draft-2020-12' }),
    title: 'Dispatch webhook body',
  };
  const options = await resolveConfig(SCHEMA_FILE);
  return format(JSON.stringify(schema), { ...options, parser: 'json' });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(SCHEMA_FILE, await renderDispatchSchema());
}
