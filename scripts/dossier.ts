import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { company } from '../shared/content/catalogue.ts';
import { renderDossier } from './dossier/render.ts';
import { readArguments, runCommand } from './tools/command.mjs';
import { readWranglerConfig } from './tools/wrangler-config.ts';

const USAGE = `npm run dossier                 in hồ sơ dữ liệu cá nhân ra màn hình
npm run dossier -- <tệp.md>     ghi vào tệp này
Lời văn nằm trong docs/ho-so-du-lieu.md; bảng và số liệu lấy từ sổ đăng ký.`;

await runCommand(async () => {
  const { words } = readArguments(USAGE, {});
  if (words.length > 1) throw new Error(USAGE);
  const text = renderDossier(company, readWranglerConfig());
  const [file] = words;
  if (file === undefined) process.stdout.write(text);
  else {
    writeFileSync(file, text);
    console.log(`Đã viết ${file}`);
  }
});
