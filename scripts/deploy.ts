import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildSite } from './build.mjs';
import { runChecks } from './checks/checks.mjs';
import { type AskAccount, askAtTerminal } from './deploy/bank.ts';
import { isReady, isStopped } from './deploy/ready.ts';
import { goBack, release, step, type Target } from './deploy/release.ts';
import { formatFindings, listFindings } from './launch/list.ts';
import { checkBundle } from './tools/bundle.mjs';
import { connect } from './tools/cloudflare-api.ts';
import { readArguments, runCommand } from './tools/command.mjs';
import { withoutCredentials } from './tools/credentials.ts';
import { ROOT } from './tools/environment.mjs';
import { SIGNED_OUT } from './tools/signed-out.mjs';
import { isSignedIn, wrangler } from './tools/wrangler.ts';
import { readWranglerConfig, type WranglerConfig } from './tools/wrangler-config.ts';

const USAGE = `Cách dùng:
  npm run deploy                  kiểm tra, dựng, cập nhật cơ sở dữ liệu, đưa lên, thử trang thật
  npm run deploy -- --dry-run     làm tới bước cuối không cần tài khoản, nói còn thiếu gì
  npm run deploy -- back          trở về đúng bản chạy trước lần đưa lên này
  npm run deploy -- --preview     đưa lên chỗ thử, có kho riêng, không gửi thư
  npm run deploy -- --built       đưa lên bản đã kiểm tra và dựng sẵn trong dist/ (GitHub dùng)
  npm run deploy -- --take-over-domain    thay trang đang ở tên miền này; không có thì lệnh dừng lại hỏi
  npm run deploy -- --account-ends 6789   đổi tài khoản nhận tiền, với bốn ký tự cuối của số mới; không có thì lệnh hỏi`;

const OPTIONS = {
  'dry-run': { type: 'boolean', default: false },
  preview: { type: 'boolean', default: false },
  built: { type: 'boolean', default: false },
  'take-over-domain': { type: 'boolean', default: false },
  'account-ends': { type: 'string' },
} as const;

await runCommand(async () => {
  const { words, options } = readArguments(USAGE, OPTIONS);
  const isBack = words.join(' ') === 'back';
  const others = options['dry-run'] || options.built || options['take-over-domain'];
  if ((words.length > 0 && !isBack) || (isBack && others)) throw new Error(USAGE);
  const env = options.preview ? 'preview' : undefined;
  const config = readWranglerConfig(env);
  const target = toTarget(config, env);
  const askAccount = askAtTerminal(options['account-ends']);
  if (isBack) return goBack(await connect(), target, { askAccount });
  if (options['dry-run']) return rehearse(target, config, options.built);
  return deploy(target, config, { ...options, askAccount });
});

function toTarget(config: WranglerConfig, env: string | undefined): Target {
  return {
    env,
    origin: config.vars['PUBLIC_ORIGIN'] ?? '',
    bank: config.vars,
    worker: config.name,
    databaseId: config.d1_databases[0]?.database_id ?? '',
    secrets: config.secrets?.required ?? [],
  };
}

async function deploy(
  target: Target,
  config: WranglerConfig,
  options: { built: boolean; 'take-over-domain': boolean; askAccount: AskAccount },
): Promise<boolean> {
  const { env } = target;
  const { built, 'take-over-domain': takeOver, askAccount } = options;
  if (isStopped(listFindings(env))) return false;
  if (built ? !hasBuild() : !(await areChecksGreen())) return false;
  const account = await connect();
  if (!(await isReady(account, config, env))) return false;
  return release(account, target, { takeOver, commit: readCommit(), askAccount });
}

function hasBuild(): boolean {
  if (existsSync(path.join(ROOT, 'dist', 'index.html'))) return true;
  console.log('Chưa đưa lên: chưa có bản dựng trong dist/. Chạy npm test trước.');
  return false;
}

async function areChecksGreen(): Promise<boolean> {
  return withoutCredentials(async () => {
    step('Kiểm tra (npm test)');
    if (!(await runChecks([]))) {
      console.log('Chưa đưa lên: kiểm tra chưa xanh.');
      return false;
    }
    step('Dựng trang');
    await buildSite();
    return true;
  });
}

/** The commit that is uploaded, 12 characters; empty where this folder has no Git. */
function readCommit(): string {
  const { stdout } = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: ROOT });
  return stdout?.toString().trim() ?? '';
}

async function rehearse(
  { env, origin, secrets }: Target,
  config: WranglerConfig,
  built: boolean,
): Promise<boolean> {
  if (built ? !hasBuild() : !(await areChecksGreen())) return false;
  step('Đóng gói như khi đưa lên (wrangler deploy --dry-run)');
  await checkBundle();
  if (env !== undefined) await wrangler(['deploy', '--dry-run'], env);
  console.log(formatFindings(listFindings(env)));
  const account = (await isSignedIn()) ? 'Đã đăng nhập Cloudflare.' : SIGNED_OUT;
  const queues = config.queues.consumers.map(({ queue }) => queue).join(', ');
  console.log(`${account}
Thử xong, chưa đưa gì lên. Các bước còn lại cần tài khoản:
  xem kho, hàng đợi ${queues} và tên miền đã sẵn chưa (docs/van-hanh.md)
  kiểm tra các khóa ${secrets.join(', ')} (npm run keys)
  wrangler d1 migrations apply DB --remote
  wrangler deploy --strict
  trỏ ${new URL(origin).host} về trang này, nếu chưa
  thử trang ${origin}`);
  return true;
}
