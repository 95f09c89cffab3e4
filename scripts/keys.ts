import { newKey } from './tools/secrets.mjs';

console.log(newKey());
console.error(
  'Cất khóa này vào nơi giữ mật khẩu của công ty trước khi dùng: không lệnh nào đọc lại được.',
);
