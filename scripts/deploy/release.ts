import * as v from 'valibot';
import type { BankVariables } from '../../shared/bank.ts';
import { type Account, NoAnswer } from '../tools/cloudflare-api.ts';
import { wrangler } from '../tools/wrangler.ts';
import { type AskAccount, confirmBank } from './bank.ts';
import { attachDomain, lookAtDomain, noteRecords } from './domain.ts';
import { type DeployedWorker, findWayBack, goTo } from './going-back.ts';
import { type SmokeOptions, smokeTest } from './smoke.ts';
import { type Version, findLive, writeNote } from './versions.ts';

/** What is deployed where: the real site, or the preview's environment. */
export interface Target extends DeployedWorker {
  env: string | undefined;
  origin: string;
  /** The bank account that the settings name. */
  bank: BankVariables;
}

/** `commit` names what is uploaded; `takeOver` allows to replace what the host leads to now. */
export interface ReleaseOptions {
  takeOver: boolean;
  commit: string;
  /** Asks for the end of a bank account that is new. */
  askAccount: AskAccount;
  /** How long to wait for the site to answer: a name that was just given to the Worker waits for its certificate. */
  patience?: Partial<Pick<SmokeOptions, 'ask' | 'attempts' | 'pauseMs'>>;
}

const BookmarkSchema = v.object({ bookmark: v.string() });
const PATIENCE = { attempts: 6, pauseMs: 5000 };
const PATIENCE_NEW_NAME = { attempts: 60, pauseMs: 15_000 };
const AGAIN = 'Sửa nguyên nhân rồi chạy lại npm run deploy.';

/** Uploads what was checked and built, step by step; each failure says which state the site is in. */
export async function release(
  account: Account,
  target: Target,
  { takeOver, commit, askAccount, patience }: ReleaseOptions,
): Promise<boolean> {
  const { env, origin, worker } = target;
  const host = new URL(origin).host;
  const domain = await lookAtDomain(account, worker, host);
  if (domain.state === 'taken') {
    console.log(`${host} đang thuộc về ${domain.by}.`);
    if (domain.records === null) {
      console.log('Mã truy cập không đọc được DNS: chép lại các bản ghi của tên này trước.');
    } else if (domain.records.length > 0) {
      console.log(['Bản ghi cũ:', ...noteRecords(host, domain.records)].join('\n'));
    }
    if (!takeOver) {
      console.log(
        `Chưa đưa lên, chưa đổi gì. Muốn thay trang đang ở ${host} bằng trang này: npm run deploy -- --take-over-domain`,
      );
      return false;
    }
  }
  const before = await findLive(account, worker);
  if (!(await confirmBank(before?.bank ?? {}, target.bank, askAccount))) return false;

  step('Ghi dấu thời điểm của cơ sở dữ liệu (để quay lại nếu cần)');
  console.log(`Dấu thời điểm (bookmark): ${await readBookmark(account, target)}`);
  step('Cập nhật cơ sở dữ liệu');
  await during(
    () => wrangler(['d1', 'migrations', 'apply', 'DB', '--remote'], env),
    () => `Chưa đưa lên: cơ sở dữ liệu chưa cập nhật xong, trang đang chạy giữ nguyên. ${AGAIN}`,
  );
  step(`Đưa lên ${origin}`);
  console.log(await upload(account, target, { before, commit }));
  if (domain.state !== 'ours') {
    step(`Trỏ ${host} về trang này`);
    await during(
      () => attachDomain(account, worker, { host, takeOver: domain.state === 'taken' }),
      () => `Bản mới đã lên nhưng ${host} chưa trỏ về. ${AGAIN}`,
    );
    console.log('Tên mới trỏ cần chờ chứng chỉ, có khi 15 phút.');
  }
  const wait = domain.state === 'ours' ? PATIENCE : PATIENCE_NEW_NAME;
  return tryLiveSite(account, target, { ...wait, ...patience });
}

async function readBookmark(account: Account, { databaseId }: Target): Promise<string> {
  const path = `/d1/database/${databaseId}/time_travel/bookmark`;
  return (await account.ask(BookmarkSchema, path)).bookmark;
}

/** Goes back to the version that was live before the last upload, or says why not and what to do instead. */
export async function goBack(
  account: Account,
  target: Target,
  { askAccount, patience = {} }: Pick<ReleaseOptions, 'askAccount' | 'patience'>,
): Promise<boolean> {
  const way = await findWayBack(account, target);
  if ('refusal' in way) {
    console.log(way.refusal);
    return false;
  }
  const live = await findLive(account, target.worker);
  if (!(await confirmBank(live?.bank ?? {}, way.to.bank, askAccount))) return false;
  const commit = way.to.tag === '' ? '' : `, mã ${way.to.tag}`;
  step(`Trở về bản ${way.to.id}${commit} (mã và trang; cơ sở dữ liệu giữ nguyên)`);
  const refusal = await during(
    () => goTo(account, target, way.to),
    () => 'Không rõ đã trở về chưa: có mạng thì xem Cloudflare → Workers → Deployments.',
  );
  if (refusal !== null) {
    console.log(refusal);
    return false;
  }
  return tryLiveSite(account, target, { ...PATIENCE, ...patience });
}

/** `--strict`: without it wrangler, asked by nobody, overwrites by itself what was changed in the dashboard. */
async function upload(
  account: Account,
  { env, worker }: Target,
  { before, commit }: { before: Version | null; commit: string },
): Promise<string> {
  const tag = commit === '' ? [] : ['--tag', commit];
  const args = ['deploy', '--strict', '--message', writeNote(before), ...tag];
  return during(
    () => wrangler(args, env),
    async () => {
      try {
        const live = await findLive(account, worker);
        return live?.id === before?.id
          ? `Chưa đưa lên: trang đang chạy giữ nguyên. ${AGAIN}`
          : `Bản mới đã lên nhưng lịch chạy hoặc hàng đợi chưa cập nhật xong. ${AGAIN}`;
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        return 'Mất mạng giữa chừng, không rõ bản mới đã lên chưa. Có mạng thì chạy lại npm run deploy: chạy lại không hỏng gì.';
      }
    },
  );
}

/** Adds to a failure the sentence that says which state it left. */
async function during<Result>(
  action: () => Promise<Result>,
  sayState: () => string | Promise<string>,
): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`${cause}\n${await sayState()}`, { cause: error });
  }
}

/** Prints which step begins. */
export function step(text: string): void {
  console.log(`→ ${text}`);
}

async function tryLiveSite(
  account: Account,
  target: Target,
  patience: Omit<SmokeOptions, 'origin' | 'isMain'>,
): Promise<boolean> {
  const { origin, env } = target;
  step(`Thử trang ${origin}`);
  const failed = await smokeTest({ origin, isMain: env === undefined, ...patience });
  for (const line of [...failed.site, ...failed.zone]) console.log(`✗ ${line}`);
  if (failed.site.length > 0) {
    console.log(`Trang thật có chỗ chưa đúng. ${await adviseBack(account, target)}`);
  } else if (failed.zone.length > 0) {
    console.log(
      'Trang chạy tốt, còn tên miền có chỗ chưa đúng: sửa theo docs/van-hanh.md, mục "Đưa lên lần đầu", rồi chạy lại. Không cần trở về bản trước.',
    );
  } else {
    console.log('Trang thật chạy tốt.');
  }
  return failed.site.length + failed.zone.length === 0;
}

async function adviseBack(account: Account, target: Target): Promise<string> {
  const way = await findWayBack(account, target);
  const preview = target.env === undefined ? '' : ' --preview';
  return 'to' in way ? `Trở về bản trước: npm run deploy -- back${preview}` : way.refusal;
}
