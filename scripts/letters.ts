import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bookingRules } from '../shared/content/catalogue.ts';
import { formatInstant } from '../shared/time.ts';
import { renderLetter } from '../worker/emails/letter.ts';
import {
  fillTexts,
  LETTERS_SQL,
  SEND_LETTER_SQL,
  SUBSCRIBERS_SQL,
} from '../worker/store/letter-commands.ts';
import { databaseOptions, wranglerFlags } from './database/command.ts';
import { queryDatabase, type Row } from './database/query-database.ts';
import { findLetters, readyLetter } from './letters/find-letter.ts';
import { drawLetter } from './letters/draw-letter.ts';
import { readArguments, runCommand } from './tools/command.mjs';
import { ROOT } from './tools/environment.mjs';
import { readWranglerConfig } from './tools/wrangler-config.ts';

const USAGE = `npm run letters -- list             bản tin nào còn nháp, chưa gửi, đã gửi; có bao nhiêu người nhận
npm run letters -- preview <tên tệp> ghi thư như người nhận thấy vào .cache/letters, bản nháp cũng xem được
npm run letters -- send <tên tệp>    gửi bản tin tới mọi người đã xác nhận, mỗi người một lần
Không có --remote thì dùng cơ sở dữ liệu trên máy này; thêm --remote để gửi thật.`;

await runCommand(async () => {
  const { words, options } = readArguments(USAGE, databaseOptions);
  const [word = 'list', slug = '', ...more] = words;
  if (more.length > 0 || (word !== 'list' && slug === '')) throw new Error(USAGE);
  const flags = wranglerFlags(options);
  const { vars } = readWranglerConfig(options.remote ? options.env : undefined);
  const origin = vars['PUBLIC_ORIGIN'] ?? '';
  switch (word) {
    case 'list':
      return list(flags);
    case 'preview':
      return preview(slug, origin);
    case 'send':
      return send(slug, { flags, origin, aDay: Number(vars['LETTERS_A_DAY']) });
    default:
      throw new Error(USAGE);
  }
});

async function list(flags: readonly string[]): Promise<void> {
  const now = new Date().toISOString();
  const sent = await queryDatabase(LETTERS_SQL, flags);
  const [row] = await queryDatabase(fillTexts(SUBSCRIBERS_SQL, { now }), flags);
  console.log(`Bản tin đang ${bookingRules.marketing ? 'bật' : 'tắt (marketing: false)'}.`);
  console.log(`Người nhận đã xác nhận: ${row?.['subscribers'] ?? 0}.`);
  const written = findLetters(ROOT)
    .filter(({ slug }) => !sent.some((one) => one['slug'] === slug))
    .map(({ slug, title, isDraft }) =>
      describe({ slug, title }, isDraft ? 'bản nháp' : 'chưa gửi'),
    );
  const gone = sent.map((one) => describe(one, sayWhen(one['sent_at'])));
  if (written.length + gone.length > 0) console.table([...gone, ...written]);
  else console.log('Chưa có bản tin nào: npm run content -- new letter "Tiêu đề".');
}

function describe(row: Row, state: string): Record<string, string | number | null> {
  return {
    'tên tệp': row['slug'] ?? '',
    'tiêu đề': row['title'] ?? '',
    'tình trạng': state,
    'đã đến': row['delivered'] ?? '',
    'chờ gửi': row['open'] ?? '',
    'không gửi nữa': row['ended'] ?? '',
  };
}

function sayWhen(at: Row[string] | undefined): string {
  return `gửi từ ${formatInstant(new Date(String(at)))}`;
}

async function preview(slug: string, origin: string): Promise<void> {
  const letter = await readyLetter(ROOT, slug, { draftIsFine: true });
  const body = await drawLetter(letter.root, origin);
  const links = { origin, leave: `${origin}/ban-tin/roi/…/`, own: `${origin}/ban-tin/cua-toi/…/` };
  const mail = await renderLetter({ ...body, title: letter.title }, links);
  const folder = path.join(ROOT, '.cache', 'letters');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${slug}.html`);
  writeFileSync(file, mail.html);
  console.log(
    `${mail.subject}\n\n${mail.text}\n\nMở bằng trình duyệt: ${path.relative(ROOT, file)}`,
  );
}

async function send(
  slug: string,
  { flags, origin, aDay }: { flags: readonly string[]; origin: string; aDay: number },
): Promise<void> {
  if (!bookingRules.marketing)
    throw new Error('Bản tin đang tắt: marketing trong content/booking.json là false.');
  const letter = await readyLetter(ROOT, slug, { draftIsFine: false });
  const sent = (await queryDatabase(LETTERS_SQL, flags)).find((one) => one['slug'] === slug);
  if (sent !== undefined)
    throw new Error(`Bản tin "${slug}" đã ${sayWhen(sent['sent_at'])}. Thư mới thì viết tệp mới.`);
  const texts = {
    ...(await drawLetter(letter.root, origin)),
    title: letter.title,
    slug,
    now: new Date().toISOString(),
  };
  const rows = await queryDatabase(fillTexts(SEND_LETTER_SQL, texts), flags);
  const days = Math.max(1, Math.ceil(rows.length / aDay));
  console.log(
    rows.length === 0
      ? 'Chưa có ai xác nhận nhận bản tin: không gửi thư nào.'
      : `${rows.length} thư đã vào hàng gửi, nhiều nhất ${aDay} thư một ngày, xong trong khoảng ${days} ngày. Xem tiến độ: npm run letters -- list`,
  );
}
