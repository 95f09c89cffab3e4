import * as v from 'valibot';
import { type Account, CloudflareRefusal } from '../tools/cloudflare-api.ts';
import type { WranglerConfig } from '../tools/wrangler-config.ts';
import { type Finding, red, todo } from './finding.ts';

/** Where the database has to lie: every booking waits for it, and it cannot be moved later. */
const LOCATION = 'apac';

const DatabaseSchema = v.object({ name: v.string(), running_in_region: v.nullish(v.string()) });
const SecretsSchema = v.array(v.object({ name: v.string() }));
const QueuesSchema = v.array(v.object({ queue_name: v.string() }));

/** Databases, key stores, queues and buckets of wrangler.toml that the account does not have, or that lie far away. */
export async function checkResources(
  account: Account,
  config: WranglerConfig,
  env?: string,
): Promise<Finding[]> {
  const at = (name: string) => `wrangler.toml → ${env ? `env.${env}.` : ''}${name}`;
  const databases = config.d1_databases.map((one) => checkDatabase(account, one, at));
  const stores = config.kv_namespaces.map((one) => checkStore(account, one, { at, env }));
  const names = config.queues.consumers.map(({ queue }) => queue);
  const queues = names.map((name) => checkQueue(account, name, at));
  const buckets = config.r2_buckets.map((one) => checkBucket(account, one, at));
  return (await Promise.all([...databases, ...stores, ...queues, ...buckets])).flat();
}

/** Which of some secrets the deployed Worker does not have; all of them before its first deployment. Without a list the required ones. */
export async function findMissingSecrets(
  account: Account,
  { name, secrets }: WranglerConfig,
  wanted: readonly string[] = secrets?.required ?? [],
): Promise<string[]> {
  const put = await find(() => account.ask(SecretsSchema, `/workers/scripts/${name}/secrets`));
  return wanted.filter((one) => !put?.some((secret) => secret.name === one));
}

export function sayCreateDatabase(name = ''): string {
  return `Chạy "npx wrangler d1 create ${name} --location ${LOCATION}", rồi ghi database_id vào đây.`;
}

export function sayCreateStore(binding: string, env?: string): string {
  const suffix = env ? ` --env ${env}` : '';
  return `Chạy "npx wrangler kv namespace create ${binding}${suffix}", rồi ghi id vào đây.`;
}

type At = (name: string) => string;

async function checkDatabase(
  account: Account,
  { database_id: id, database_name: name = '' }: WranglerConfig['d1_databases'][number],
  at: At,
): Promise<Finding[]> {
  if (!id) return [];
  const found = await find(() => account.ask(DatabaseSchema, `/d1/database/${id}`));
  if (found === null) {
    const message = `Tài khoản này không có cơ sở dữ liệu ${id}. ${sayCreateDatabase(name)}`;
    return [red(at('d1_databases'), message)];
  }
  const problems: Finding[] = [];
  if (found.name !== name) {
    const message = `Mã ${id} là của cơ sở dữ liệu "${found.name}", không phải "${name}": ghi đúng mã.`;
    problems.push(red(at('d1_databases'), message));
  }
  const region = found.running_in_region ?? '';
  if (region !== '' && region.toLowerCase() !== LOCATION) {
    const message = `Cơ sở dữ liệu nằm ở vùng ${region}, xa Việt Nam, về sau không dời được. Chưa có đơn thật thì tạo lại: ${sayCreateDatabase(name)}`;
    problems.push(todo(at('d1_databases'), message));
  }
  return problems;
}

async function checkStore(
  account: Account,
  { binding, id }: WranglerConfig['kv_namespaces'][number],
  { at, env }: { at: At; env: string | undefined },
): Promise<Finding[]> {
  if (!id) return [];
  const found = await find(() => account.ask(v.unknown(), `/storage/kv/namespaces/${id}`));
  if (found !== null) return [];
  const message = `Tài khoản này không có kho khóa ${id}. ${sayCreateStore(binding, env)}`;
  return [red(at('kv_namespaces'), message)];
}

async function checkQueue(account: Account, name: string, at: At): Promise<Finding[]> {
  const found = await account.ask(QueuesSchema, `/queues?name=${name}`);
  if (found.some(({ queue_name: one }) => one === name)) return [];
  return [
    red(at('queues'), `Chưa có hàng đợi ${name}: chạy "npx wrangler queues create ${name}".`),
  ];
}

async function checkBucket(
  account: Account,
  { bucket_name: name = '' }: WranglerConfig['r2_buckets'][number],
  at: At,
): Promise<Finding[]> {
  const found = await find(() => account.ask(v.unknown(), `/r2/buckets/${name}`));
  if (found !== null) return [];
  const command = `npx wrangler r2 bucket create ${name} --location apac`;
  return [red(at('r2_buckets'), `Chưa có kho ảnh ${name}: chạy "${command}".`)];
}

/** What is there; null where Cloudflare says that it is not. */
async function find<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CloudflareRefusal && error.status === 404) return null;
    throw error;
  }
}
