import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { checkContent } from './content/check.ts';
import { findDue } from './content/due.ts';
import { fixContent } from './content/fix.ts';
import { readContentFolder } from './content/folder.ts';
import { type Problem, formatProblem } from './content/problem.ts';
import { checkFacts } from './content/rules/fields.ts';
import { SCHEMA_FOLDER, renderSchemas } from './content/schemas.ts';
import { ROOT } from './tools/environment.mjs';
import { SIGNED_OUT } from './tools/signed-out.mjs';

const USAGE = `Cách dùng:
  npm run content -- check          kiểm tra mọi bài và số liệu
  npm run content -- check --remote kèm đơn mất chỗ trên hệ thống thật (không có --remote: trên máy này)
  npm run content -- check --fix    sửa cách trình bày, thu nhỏ ảnh, gỡ vị trí chụp
  npm run content -- new article "Tiêu đề"    tạo bài mẫu; cũng có service, album, video, policy
  npm run content -- schema         viết lại content/schemas cho chương trình soạn thảo
  npm run content -- due --hours 3  bài nào vừa đến giờ đăng hoặc gỡ`;

const [command = 'check', ...args] = process.argv.slice(2);

try {
  process.exitCode = await runCommand();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function runCommand(): Promise<number> {
  switch (command) {
    case 'check':
      return check(args.includes('--fix'));
    case 'new':
      return refuseWrongFacts() ?? create(args);
    case 'schema':
      return refuseWrongFacts() ?? writeSchemas();
    case 'due':
      return refuseWrongFacts() ?? tellDue(Number(args[args.indexOf('--hours') + 1] ?? 1));
    default:
      console.error(USAGE);
      return 1;
  }
}

async function check(fix: boolean): Promise<number> {
  const fixed = fix ? await fixContent(ROOT) : [];
  for (const file of fixed) console.log(`Đã sửa cách viết: ${file}`);
  const problems = await checkContent(ROOT, new Date());
  const exitCode = tellProblems(problems);
  if (exitCode === 0) await tellStranded(args.filter((flag) => flag === '--remote'));
  return exitCode;
}

function tellProblems(problems: readonly Problem[]): number {
  for (const problem of problems) console.log(formatProblem(problem));
  console.log(`Nội dung: ${problems.length} lỗi.`);
  return problems.length === 0 ? 0 : 1;
}

/** The catalogue throws on a wrong fact, so whatever stands on it is loaded only when the facts are right. */
function refuseWrongFacts(): number | null {
  const wrong = checkFacts(readContentFolder(ROOT));
  return wrong.length === 0 ? null : tellProblems(wrong);
}

/** Bookings that the settings no longer have room for are no fault of the content: they are told, and the check stays green. */
async function tellStranded(flags: readonly string[]): Promise<void> {
  const { hasBookings, listStranded } = await import('./content/stranded.ts');
  if (!hasBookings(ROOT, flags)) return;
  try {
    const lines = await listStranded(flags, new Date());
    if (lines.length > 0) console.log(['Đơn mất chỗ:', ...lines].join('\n'));
  } catch (error) {
    const isOut = error instanceof Error && error.message === SIGNED_OUT;
    const why = isOut ? SIGNED_OUT : 'Cơ sở dữ liệu không trả lời.';
    console.log(`Chưa xem được đơn nào mất chỗ. ${why}`);
  }
}

/** For the scheduled rebuild: says which entries come or go, to people and to the workflow. */
async function tellDue(hours: number): Promise<number> {
  const { entries } = readContentFolder(ROOT);
  const due = await findDue(entries, { now: new Date(), hours });
  console.log(due.length === 0 ? 'Không bài nào đến giờ.' : `Đến giờ: ${due.join(', ')}`);
  const output = process.env['GITHUB_OUTPUT'];
  if (output) appendFileSync(output, `due=${due.length > 0 ? 'yes' : 'no'}\n`);
  return 0;
}

async function create([kind = '', ...words]: string[]): Promise<number> {
  const { createEntry } = await import('./content/new.ts');
  const file = await createEntry(ROOT, { kind, title: words.join(' '), now: new Date() });
  console.log(`Đã tạo ${file}. Sửa nội dung, rồi chạy npm run content -- check.`);
  return 0;
}

async function writeSchemas(): Promise<number> {
  mkdirSync(path.join(ROOT, SCHEMA_FOLDER), { recursive: true });
  const schemas = await renderSchemas();
  for (const [file, text] of schemas) writeFileSync(path.join(ROOT, file), text);
  console.log(`Đã viết ${schemas.size} tệp vào ${SCHEMA_FOLDER}.`);
  return 0;
}
