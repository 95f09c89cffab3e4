import { formatFindings } from '../launch/list.ts';
import type { Finding } from '../launch/finding.ts';
import { checkResources, findMissingSecrets } from '../launch/resources.ts';
import type { Account } from '../tools/cloudflare-api.ts';
import type { WranglerConfig } from '../tools/wrangler-config.ts';

/** Whether the account has all that the Worker needs; says what is missing. */
export async function isReady(
  account: Account,
  config: WranglerConfig,
  env?: string,
): Promise<boolean> {
  const missing = await findMissingSecrets(account, config);
  const put = (name: string) => `npx wrangler secret put ${name}${env ? ` --env ${env}` : ''}`;
  for (const name of missing) {
    console.log(`Thiếu khóa ${name}: tạo bằng npm run keys, cất một bản, rồi chạy ${put(name)}.`);
  }
  return missing.length === 0 && !isStopped(await checkResources(account, config, env));
}

/** Whether something red is left to do; prints the list then. */
export function isStopped(findings: readonly Finding[]): boolean {
  if (!findings.some(({ level }) => level === 'red')) return false;
  console.log(`${formatFindings(findings)}\nChưa đưa lên: còn việc phải xong.`);
  return true;
}
