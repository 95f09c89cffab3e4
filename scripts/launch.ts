import process from 'node:process';
import { isSignedIn, missingSecrets } from './tools/wrangler.ts';
import { formatFindings, listFindings } from './launch/list.ts';
import { checkSecrets } from './launch/secrets.ts';
import { readWranglerConfig } from './tools/wrangler-config.ts';

const [flag, name] = process.argv.slice(2);
const env = flag === '--env' ? name : undefined;
const required = readWranglerConfig(env).secrets?.required ?? [];
const missing = (await isSignedIn()) ? await missingSecrets(required, env) : null;
const findings = [...listFindings(env), ...checkSecrets(required, missing)];
console.log(formatFindings(findings));
process.exitCode = findings.some(({ level }) => level === 'red') ? 1 : 0;
