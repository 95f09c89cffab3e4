import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { checkContent } from './content/check.ts';
import { findDue } from './content/due.ts';
import { fixContent } from './content/fix.ts';
import { readContentFolder } from './content/folder.ts';
import { type Problem, formatProblem } from './content/problem.ts';
import { checkFacts } from './content/rules/fields.ts';
import { listUnwritten } from './content/rules/unfilled.ts';
import { SCHEMA_FOLDER, renderSchemas } from './content/schemas.ts';
import { readArguments, runCommand } from './tools/command.mjs';
import { ROOT } from './tools/environment.mjs';
import { SIGNED_OUT } from './tools/signed-out.mjs';

const USAGE = `Cách dùng:
  npm run content -- check          kiểm tra mọi bài và số liệu
  npm run content -- check --remote kèm đơn mất chỗ trên hệ thống thật (không có --remote: trên máy này)
  npm run content -- check --before-build   như lúc dựng trang: không xem cách trình bày và đơn
  npm run content -- check --fix    sửa cách trình bày, thu nhỏ ảnh, gỡ vị trí chụp
  npm run content -- new article "Tiêu đề"    tạo bài mẫu; cũng có service, album, video, policy, letter
  npm run content -- schema         viết lại content/schemas cho chương trình soạn thảo
  npm run content -- due --hours 3  bài nào vừa đến giờ đăng hoặc gỡ`;

const OPTIONS = {
  fix: { type: 'boolean', default: false },
  remote: { type: 'boolean', default: false },
  'before-build': { type: 'boolean', default: false },
  hours: { type: 'string', default: '1' },
} as const;

await runCommand(async () => {
  const { words, options } = readArguments(USAGE, OPTIONS);
  const [command = 'check', ...more] = words;
  switch (command) {
    case 'check':
      return check(options);
    case 'new':
      return areFactsRight() && create(more);
    case 'schema':
      return areFactsRight() && writeSchemas();
    case 'due':
      return areFactsRight() && printDue(Number(options.hours));
    default:
      throw new Error(USAGE);
  }
});

interface CheckOptions {
  fix: boolean;
  remote: boolean;
  'before-build': boolean;
}

async function check({ fix, remote, ...options }: CheckOptions): Promise<boolean> {
  const fixed = fix ? await fixContent(ROOT) : [];
  for (const file of fixed) console.log(`Đã sửa cách viết: ${file}`);
  const isWhole = !options['before-build'];
  const isRight = printProblems(await checkContent(ROOT, new Date(), { form: isWhole }));
  if (isRight && isWhole) {
    printUnwritten(listUnwritten(readContentFolder(ROOT)));
    await printStranded(remote);
  }
  return isRight;
}

/** Drafts may wait as long as their authors like: the check passes. */
function printUnwritten(places: readonly Problem[]): void {
  if (places.length === 0) return;
  console.log(['Bản nháp còn chỗ phải viết:', ...places.map(formatProblem)].join('\n'));
}

/** Returns whether there are none. */
function printProblems(problems: readonly Problem[]): boolean {
  for (const problem of problems) console.log(formatProblem(problem));
  console.log(`Nội dung: ${problems.length} lỗi.`);
  return problems.length === 0;
}

/** Asked before importing what imports the catalogue, which throws on a wrong fact. */
function areFactsRight(): boolean {
  const wrong = checkFacts(readContentFolder(ROOT));
  return wrong.length === 0 || printProblems(wrong);
}

/** Lists bookings that the settings no longer have room for. They are no mistake in the content: the check passes. */
async function printStranded(remote: boolean): Promise<void> {
  const { hasLocalDatabase, listStranded } = await import('./content/stranded.ts');
  if (!remote && !hasLocalDatabase(ROOT)) return;
  try {
    const lines = await listStranded(remote ? ['--remote'] : [], new Date());
    if (lines.length > 0) console.log(['Đơn mất chỗ:', ...lines].join('\n'));
    else if (remote) console.log('Không đơn nào mất chỗ.');
  } catch (error) {
    console.log(`Chưa xem được đơn nào mất chỗ. ${sayWhy(error)}`);
  }
}

/** Why wrangler gave no answer; `run` starts its message with the command line. Any other error is thrown on. */
function sayWhy(error: unknown): string {
  if (error instanceof Error && error.message === SIGNED_OUT) return SIGNED_OUT;
  if (error instanceof Error && error.message.startsWith('wrangler '))
    return 'Cơ sở dữ liệu không trả lời.';
  throw error;
}

/** For the scheduled rebuild: prints the entries that are due, and sets `due` for the GitHub workflow. */
async function printDue(hours: number): Promise<void> {
  const { entries } = readContentFolder(ROOT);
  const due = await findDue(entries, { now: new Date(), hours });
  console.log(due.length === 0 ? 'Không bài nào đến giờ.' : `Đến giờ: ${due.join(', ')}`);
  const output = process.env['GITHUB_OUTPUT'];
  if (output) appendFileSync(output, `due=${due.length > 0 ? 'yes' : 'no'}\n`);
}

async function create([kind = '', ...words]: string[]): Promise<void> {
  const { createEntry } = await import('./content/new.ts');
  const file = await createEntry(ROOT, { kind, title: words.join(' '), now: new Date() });
  const where = kind === 'service' ? ' trong content/services.json' : '';
  console.log(
    `Đã tạo ${file}, còn là bản nháp. Viết thay mọi chỗ có "Thay câu này", bỏ bản nháp (draft: false${where}), rồi chạy npm run content -- check.`,
  );
}

async function writeSchemas(): Promise<void> {
  mkdirSync(path.join(ROOT, SCHEMA_FOLDER), { recursive: true });
  const schemas = await renderSchemas();
  for (const [file, text] of schemas) writeFileSync(path.join(ROOT, file), text);
  console.log(`Đã viết ${schemas.size} tệp vào ${SCHEMA_FOLDER}.`);
}
