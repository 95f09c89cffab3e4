import { keyringNames } from '../shared/keyrings.ts';
import { newKey } from './tools/secrets.mjs';

console.log(newKey());
console.error(`Dùng cho một trong các bộ khóa ${keyringNames.join(', ')}; mỗi bộ một khóa riêng.`);
console.error(
  'Cất khóa này vào nơi giữ mật khẩu của công ty trước khi dùng: không lệnh nào đọc lại được.',
);
