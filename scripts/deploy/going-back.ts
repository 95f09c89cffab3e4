import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { type Account, CloudflareRefusal } from '../tools/cloudflare-api.ts';
import { ROOT } from '../tools/environment.mjs';
import { type Version, deployVersion, findLive, readVersion } from './versions.ts';

/** Whether the site can go back: to which version, or why not and what to do instead. */
export type WayBack = { to: Version } | { refusal: string };

/** What is asked about: one Worker, its database, and the secrets that it requires. */
export interface DeployedWorker {
  worker: string;
  databaseId: string;
  secrets: readonly string[];
}

/** A migration after which older code does not run: it says so itself, or takes something away. */
const FORBIDS = /--\s*forbids going back|\bDROP\s+(?:TABLE|COLUMN)\b|\bRENAME\b/i;
const SECRETS_CHANGED = 10220;

const MigrationsSchema = v.pipe(
  v.array(v.object({ results: v.array(v.object({ name: v.string() })) })),
  v.transform((answers) => answers.flatMap(({ results }) => results.map(({ name }) => name))),
);

/** The way back from what is live to the version that was live before its upload. */
export async function findWayBack(account: Account, deployed: DeployedWorker): Promise<WayBack> {
  const live = await findLive(account, deployed.worker);
  if (live === null || live.isDraft) return { refusal: 'Chưa có bản nào được đưa lên.' };
  if (live.isSecretChange) return { refusal: saySecrets(deployed.secrets) };
  if (live.previous === undefined) {
    return {
      refusal:
        'Bản đang chạy không do npm run deploy đưa lên, nên không biết bản trước là bản nào. Chọn bản trong Cloudflare → Workers → Deployments, hoặc lấy mã cũ bằng Git rồi chạy npm run deploy.',
    };
  }
  if (live.previous === null) {
    return {
      refusal:
        'Đây là bản đầu tiên, trước nó chưa có trang nào: sửa lỗi rồi chạy lại npm run deploy.',
    };
  }
  const to = await readVersion(account, deployed.worker, live.previous);
  const forbidding = (await listMigrationsSince(account, deployed, to.createdAt)).filter(forbids);
  if (forbidding.length > 0) return { refusal: sayMigrations(forbidding) };
  return { to };
}

/** Goes that way; the answer is null, or why Cloudflare refused. */
export async function goTo(
  account: Account,
  { worker }: DeployedWorker,
  { id }: Version,
): Promise<string | null> {
  try {
    await deployVersion(account, worker, id);
    return null;
  } catch (error) {
    if (!(error instanceof CloudflareRefusal && error.code === SECRETS_CHANGED)) throw error;
    const [, names = ''] = /secrets have changed:?\s*([\w, ]+)/i.exec(error.message) ?? [];
    return saySecrets(names.split(/[\s,]+/).filter((name) => name !== ''));
  }
}

/** Migrations that the database has seen since; D1 keeps the times in UTC. */
async function listMigrationsSince(
  account: Account,
  { databaseId }: DeployedWorker,
  since: Date,
): Promise<string[]> {
  return account.ask(MigrationsSchema, `/d1/database/${databaseId}/query`, {
    method: 'POST',
    body: {
      sql: 'SELECT name FROM d1_migrations WHERE datetime(applied_at) > datetime(?) ORDER BY id',
      params: [since.toISOString()],
    },
  });
}

function forbids(name: string): boolean {
  const file = path.join(ROOT, 'worker/migrations', path.basename(name));
  return !existsSync(file) || FORBIDS.test(readFileSync(file, 'utf8'));
}

function saySecrets(names: readonly string[]): string {
  return `Không trở về được: khóa đã đổi sau lần đưa lên này (${names.join(', ')}). Bản cũ mang theo khóa cũ, nên sẽ không đọc được hồ sơ và đường dẫn tạo từ lúc đổi. Lấy mã cũ bằng Git (git revert) rồi chạy npm run deploy: mã trở về, khóa giữ nguyên.`;
}

function sayMigrations(names: readonly string[]): string {
  return `Không trở về được: cơ sở dữ liệu đã đổi theo cách mã cũ không chạy được (${names.join(', ')}). Nhờ người lập trình sửa bản đang chạy rồi chạy npm run deploy.`;
}
