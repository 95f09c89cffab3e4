import { checkPushKeys, checkSecrets, PUSH_KEYS } from './launch/cloudflare.ts';
import { formatFindings, listFindings } from './launch/list.ts';
import { checkResources, findMissingSecrets } from './launch/resources.ts';
import { connect } from './tools/cloudflare-api.ts';
import { readArguments, runCommand } from './tools/command.mjs';
import { readWranglerConfig } from './tools/wrangler-config.ts';
import { isSignedIn } from './tools/wrangler.ts';

const USAGE = `Cách dùng:
  npm run launch                    còn gì phải làm trước khi đưa trang lên
  npm run launch -- --env preview   trước khi đưa bản xem thử lên`;

const NEXT =
  'Không còn gì chặn. Tiếp theo: npm run content -- check --fix, rồi npm run deploy -- --dry-run';

await runCommand(async () => {
  const { env } = readArguments(USAGE, { env: { type: 'string' } }).options;
  const config = readWranglerConfig(env);
  const account = (await isSignedIn()) ? await connect() : null;
  const missing = account && (await findMissingSecrets(account, config));
  const missingPush = account && (await findMissingSecrets(account, config, [PUSH_KEYS]));
  const resources = account ? await checkResources(account, config, env) : [];
  const required = config.secrets?.required ?? [];
  const findings = [
    ...listFindings(env),
    ...checkSecrets(required, missing),
    ...checkPushKeys(missingPush),
    ...resources,
  ];
  console.log(formatFindings(findings));
  const isReady = findings.every(({ level }) => level !== 'red');
  const flags = env === undefined ? '' : ' --preview';
  if (isReady) console.log(`${NEXT}${flags}`);
  return isReady;
});
