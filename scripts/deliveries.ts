import { bookingRules, company } from '../shared/content/catalogue.ts';
import { parseCode } from '../shared/jobs/code.ts';
import { formatInstant } from '../shared/time.ts';
import {
  CHANNELS_SQL,
  CLOSE_SQL,
  fillSql,
  FIND_SQL,
  LIST_SQL,
  REPLAY_SQL,
  RESUME_SQL,
  RESYNC_SQL,
  SHOW_SQL,
} from '../worker/store/delivery-commands.ts';
import {
  CHANNEL_OFF_SQL,
  REVIEW_DROP_SQL,
  REVIEW_KEEP_SQL,
  SENDING_OFF_SQL,
  SENDING_ON_SQL,
  SENDING_SQL,
} from '../worker/store/sending.ts';
import { commandSuffix, databaseOptions, wranglerFlags } from './database/command.ts';
import { queryDatabase } from './database/query-database.ts';
import { type Ask, requireDelivery } from './deliveries/find.ts';
import { describeChannels, describeDelivery, describeWhole } from './deliveries/words.ts';
import { readArguments, runCommand } from './tools/command.mjs';

const USAGE = `npm run deliveries -- list              đang gửi hay tắt, tin chưa đến nơi, và kênh đang tắt hoặc đang lỗi
npm run deliveries -- show <mã đơn>     mọi lượt gửi của một đơn hay tin nhắn, cả lượt đã đến
npm run deliveries -- show <lượt gửi>   mọi điều về một lượt gửi
npm run deliveries -- replay <lượt gửi> gửi lại, giữ mã cũ
npm run deliveries -- close <lượt gửi>  đóng một lượt gửi hỏng không cần đến nơi nữa
npm run deliveries -- off               tắt mọi việc gửi tin
npm run deliveries -- on                bật lại
npm run deliveries -- off dispatch      chỉ ngừng gửi cho bên điều phối
npm run deliveries -- resume dispatch   mở lại kênh đã ngừng, hoặc mà bên nhận đã dừng bằng 410
npm run deliveries -- resync            gửi lại mọi việc còn hiệu lực cho bên điều phối, làm lại được
Sau khi khôi phục, với lượt gửi chờ người xem lại (review):
npm run deliveries -- keep <lượt gửi | all>   gửi lượt này (giữ mã cũ)
npm run deliveries -- drop <lượt gửi | all>   không gửi lượt này nữa
Không có --remote thì xem cơ sở dữ liệu trên máy này; thêm --remote để xem hệ thống thật.`;

await runCommand(async () => {
  const { words, options } = readArguments(USAGE, databaseOptions);
  const [word = 'list', id = '', ...more] = words;
  if (more.length > 0) throw new Error(USAGE);
  const now = new Date().toISOString();
  const flags = wranglerFlags(options);
  const ask: Ask = Object.assign(
    (sql: string, texts: Readonly<Record<string, string>> = {}) =>
      queryDatabase(fillSql(sql, { now, ...texts }), flags),
    { suffix: commandSuffix(options) },
  );
  switch (word) {
    case 'list':
      return list(ask);
    case 'show':
      return show(ask, id);
    case 'replay':
      return replay(ask, await requireDelivery(ask, id));
    case 'close':
      return close(ask, await requireDelivery(ask, id));
    case 'keep':
      return review(ask, { sql: REVIEW_KEEP_SQL, id, outcome: 'sẽ gửi khi việc gửi tin đang bật' });
    case 'drop':
      return review(ask, { sql: REVIEW_DROP_SQL, id, outcome: 'sẽ không gửi nữa' });
    case 'off':
      return id === '' ? turnOff(ask) : stopChannel(ask, id);
    case 'on':
      return turnOn(ask);
    case 'resync':
      return resync(ask, id);
    case 'resume':
      return resumeChannel(ask, id);
    default:
      throw new Error(USAGE);
  }
});

async function list(ask: Ask): Promise<void> {
  await showSending(ask);
  const rows = await ask(LIST_SQL);
  const channels = await ask(CHANNELS_SQL);
  for (const line of describeChannels(channels, ask.suffix)) console.log(line);
  if (rows.length === 0) console.log('Mọi tin đã đến nơi.');
  else console.table(rows.map(describeDelivery));
}

async function show(ask: Ask, typed: string): Promise<void> {
  const code = parseCode(company.codePrefix, typed);
  if (code === null) {
    const [row] = await ask(SHOW_SQL, { id: await requireDelivery(ask, typed) });
    return console.table(describeWhole(row ?? {}));
  }
  const rows = await ask(FIND_SQL, { code });
  if (rows.length === 0) throw new Error(`Không có lượt gửi nào của mã ${code}.`);
  console.table(rows.map(describeDelivery));
}

async function replay(ask: Ask, id: string): Promise<void> {
  if ((await ask(REPLAY_SQL, { id })).length === 0) {
    throw new Error(`Không gửi lại ${id}: tin đang gửi, đã bỏ, hoặc đã có tin mới hơn thay.`);
  }
  console.log(`${id} sẽ đi trong phút tới.`);
}

async function close(ask: Ask, id: string): Promise<void> {
  if ((await ask(CLOSE_SQL, { id })).length === 0) {
    throw new Error(`Không đóng ${id}: chỉ đóng được tin gửi hỏng.`);
  }
  console.log(`${id} đã đóng và không tính nữa.`);
}

/** Keeps or drops what waits for a person after a restore: one delivery or `all`. */
async function review(
  ask: Ask,
  { sql, id, outcome }: { sql: string; id: string; outcome: string },
): Promise<boolean> {
  const rows = await ask(sql, { id: id === 'all' ? id : await requireDelivery(ask, id) });
  console.log(`${rows.length} lượt gửi ${outcome}.`);
  return rows.length > 0;
}

async function showSending(ask: Ask): Promise<void> {
  const [row] = await ask(SENDING_SQL);
  const since = row?.['off_since'] ?? null;
  console.log(
    since === null
      ? 'Đang gửi tin.'
      : `Gửi tin đã tắt từ ${formatInstant(new Date(String(since)))}.`,
  );
  console.log(`Lượt gửi chờ người xem lại: ${row?.['review'] ?? 0}.`);
}

async function turnOff(ask: Ask): Promise<void> {
  await ask(SENDING_OFF_SQL);
  await showSending(ask);
}

/** Refuses after a restore until `npm run restore -- keys` was run: the erasures that it causes are sent with the rest. */
async function turnOn(ask: Ask): Promise<boolean> {
  const [row] = await ask(SENDING_SQL);
  if (row?.['armed'] === 0) {
    console.log('Chưa bật: kho khóa chưa được xem lại. Chạy npm run restore -- keys trước.');
    return false;
  }
  await ask(SENDING_ON_SQL);
  await showSending(ask);
  return true;
}

function requireChannel(channel: string): void {
  if (channel === '') throw new Error(USAGE);
  if (channel !== 'dispatch')
    throw new Error(`Không có kênh "${channel}" để tắt hay mở. Chỉ có: dispatch.`);
}

async function stopChannel(ask: Ask, channel: string): Promise<void> {
  requireChannel(channel);
  await ask(CHANNEL_OFF_SQL, { channel });
  console.log(
    `Đã ngừng gửi cho bên điều phối. Mở lại: npm run deliveries -- resume dispatch${ask.suffix}`,
  );
}

/** Sends every live job again, for a receiver that lost what it had. */
async function resync(ask: Ask, more: string): Promise<void> {
  if (more !== '') throw new Error(USAGE);
  const early = bookingRules.dispatch.from === 'requested' ? '1' : '0';
  const rows = await ask(RESYNC_SQL, { early });
  console.log(
    `${rows.length} việc sẽ được gửi lại cho bên điều phối trong vài phút tới. Việc đang có lượt chờ gửi thì lượt ấy đi trước, không gửi thêm.`,
  );
}

async function resumeChannel(ask: Ask, channel: string): Promise<void> {
  requireChannel(channel);
  await ask(RESUME_SQL, { channel });
  console.log('Kênh dispatch đã mở; tin đang chờ sẽ đi trong phút tới.');
}
