import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { company } from '../shared/content/catalogue.ts';
import { renderDossier } from './dossier/render.ts';
import { readWranglerConfig } from './tools/wrangler-config.ts';

const text = renderDossier(company, readWranglerConfig());
const [file] = process.argv.slice(2);
if (file === undefined) process.stdout.write(text);
else {
  writeFileSync(file, text);
  console.log(`Đã viết ${file}`);
}
