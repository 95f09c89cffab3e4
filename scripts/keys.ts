import { keyringNames } from '../shared/keyrings.ts';
import { readArguments, runCommand } from './tools/command.mjs';
import {
  ensureLocalSecrets,
  findLocalKeyFaults,
  newKey,
  newPushKeyPair,
} from './tools/secrets.mjs';

const USAGE = `Cách dùng:
  npm run keys              in ra một khóa mới cho một trong ${keyringNames.join(', ')}
  npm run keys -- push      in ra một cặp khóa mới cho VAPID_KEYS, để báo việc trên điện thoại
  npm run keys -- --local   thêm khóa còn thiếu vào .dev.vars, và xem các khóa ở đó dùng được không`;

await runCommand(async () => {
  const { words, options } = readArguments(USAGE, { local: { type: 'boolean', default: false } });
  const isForPush = words.length === 1 && words[0] === 'push';
  if (words.length > 0 && (!isForPush || options.local)) throw new Error(USAGE);
  if (options.local) {
    ensureLocalSecrets();
    const faults = findLocalKeyFaults();
    if (faults.length > 0) throw new Error(faults.map((one) => `.dev.vars: ${one}`).join('\n'));
    return;
  }
  console.log(isForPush ? newPushKeyPair() : newKey());
  if (isForPush) {
    console.error(
      'Đưa lên bằng npx wrangler secret put VAPID_KEYS. Khi thay: cặp mới đứng trước, cách cặp cũ một dấu cách, giữ cặp cũ 60 ngày.',
    );
    return;
  }
  console.error(
    `Dùng cho một trong các bộ khóa ${keyringNames.join(', ')}; mỗi bộ một khóa riêng.
Cất khóa này vào nơi giữ mật khẩu của công ty trước khi dùng: không lệnh nào đọc lại được.
Khi thay: khóa mới đứng trước, cách khóa cũ một dấu cách. Bỏ khóa cũ của SEAL_KEYS thì không mở được hồ sơ cũ: xem docs/van-hanh.md, mục Khóa và dữ liệu.`,
  );
});
