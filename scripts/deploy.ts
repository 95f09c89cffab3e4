import { buildSite } from './build.mjs';
import { checkBundle } from './tools/bundle.mjs';
import { runChecks } from './checks/checks.mjs';
import { smokeTest } from './deploy/smoke.ts';
import { readArguments, runCommand } from './tools/command.mjs';
import { isSignedIn, missingSecrets, wrangler } from './tools/wrangler.ts';
import { formatFindings, listFindings } from './launch/list.ts';
import { readWranglerConfig, type WranglerConfig } from './tools/wrangler-config.ts';

const USAGE = `Cách dùng:
  npm run deploy                  kiểm tra, dựng, cập nhật cơ sở dữ liệu, đưa lên, thử trang thật
  npm run deploy -- --dry-run     làm tới bước cuối không cần tài khoản, nói còn thiếu gì
  npm run deploy -- back          trở về bản trước, không thử trước được
  npm run deploy -- --preview     đưa lên chỗ thử, có kho riêng, không gửi thư`;

/** What is deployed where: the real site, or the preview's environment. */
interface Target {
  env: string | undefined;
  config: WranglerConfig;
  origin: string;
}

await runCommand(async () => {
  const { words, options } = readArguments(USAGE, {
    'dry-run': { type: 'boolean', default: false },
    preview: { type: 'boolean', default: false },
  });
  const isBack = words.join(' ') === 'back';
  if ((words.length > 0 && !isBack) || (isBack && options['dry-run'])) throw new Error(USAGE);
  const target = readTarget(options.preview ? 'preview' : undefined);
  if (isBack) return goBack(target);
  return options['dry-run'] ? rehearse(target) : deploy(target);
});

function readTarget(env: string | undefined): Target {
  const config = readWranglerConfig(env);
  return { env, config, origin: config.vars['PUBLIC_ORIGIN'] ?? '' };
}

/** Prints which step begins. */
function step(text: string): void {
  console.log(`→ ${text}`);
}

async function deploy(target: Target): Promise<boolean> {
  const { env, origin } = target;
  const findings = listFindings(env);
  if (findings.some(({ level }) => level === 'red')) {
    console.log(`${formatFindings(findings)}\nChưa đưa lên: còn việc phải xong.`);
    return false;
  }
  if (!(await areChecksGreen())) return false;
  if (!(await isReadyToUpload(target))) return false;
  step('Ghi dấu thời điểm của cơ sở dữ liệu (để quay lại nếu cần)');
  console.log(await wrangler(['d1', 'time-travel', 'info', 'DB'], env));
  step('Cập nhật cơ sở dữ liệu');
  await wrangler(['d1', 'migrations', 'apply', 'DB', '--remote'], env);
  step(`Đưa lên ${origin}`);
  console.log(await wrangler(['deploy', '--domain', new URL(origin).host], env));
  return tryLiveSite(origin);
}

async function areChecksGreen(): Promise<boolean> {
  step('Kiểm tra (npm test)');
  if (!(await runChecks([]))) {
    console.log('Chưa đưa lên: kiểm tra chưa xanh.');
    return false;
  }
  step('Dựng trang');
  await buildSite();
  return true;
}

async function isReadyToUpload({ env, config }: Target): Promise<boolean> {
  if (!(await isSignedIn())) {
    console.log('Chưa đưa lên: chưa đăng nhập Cloudflare. Chạy npx wrangler login rồi thử lại.');
    return false;
  }
  const missing = await missingSecrets(config.secrets?.required ?? [], env);
  const put = (name: string) => `npx wrangler secret put ${name}${env ? ` --env ${env}` : ''}`;
  for (const name of missing) {
    console.log(`Thiếu khóa ${name}: tạo bằng npm run keys, cất một bản, rồi chạy ${put(name)}.`);
  }
  return missing.length === 0;
}

async function rehearse({ env, config, origin }: Target): Promise<boolean> {
  if (!(await areChecksGreen())) return false;
  step('Đóng gói như khi đưa lên (wrangler deploy --dry-run)');
  await checkBundle();
  if (env !== undefined) await wrangler(['deploy', '--dry-run'], env);
  console.log(formatFindings(listFindings(env)));
  const account = (await isSignedIn())
    ? 'Đã đăng nhập Cloudflare.'
    : 'Chưa đăng nhập Cloudflare: chạy npx wrangler login, hoặc đặt CLOUDFLARE_API_TOKEN.';
  const queues = config.queues.consumers.map(({ queue }) => queue).join(', ');
  console.log(`${account}
Thử xong, chưa đưa gì lên. Các bước còn lại cần tài khoản:
  tạo kho và hàng đợi ${queues} (docs/van-hanh.md)
  kiểm tra các khóa ${(config.secrets?.required ?? []).join(', ')} (npm run keys)
  wrangler d1 migrations apply DB --remote
  wrangler deploy --domain ${new URL(origin).host}
  thử trang ${origin}`);
  return true;
}

async function goBack({ env, origin }: Target): Promise<boolean> {
  if (!(await isSignedIn())) {
    console.log('Chưa đăng nhập Cloudflare: chạy npx wrangler login.');
    return false;
  }
  step('Trở về bản trước (mã và trang; cơ sở dữ liệu giữ nguyên)');
  console.log(await wrangler(['rollback', '--yes', '--message', 'npm run deploy -- back'], env));
  return tryLiveSite(origin);
}

async function tryLiveSite(origin: string): Promise<boolean> {
  step(`Thử trang ${origin}`);
  const failed = await smokeTest(origin);
  for (const line of failed) console.log(`✗ ${line}`);
  console.log(
    failed.length === 0
      ? 'Trang thật chạy tốt.'
      : 'Trang thật có chỗ chưa đúng. Trở về bản trước: npm run deploy -- back',
  );
  return failed.length === 0;
}
