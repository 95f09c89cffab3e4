import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeSampleCheckout } from './sample-checkout.ts';

const ARTICLE = 'content/services/sua-dien.mdx';

/** The ways in which an article can contain code; `CODE` stands for an expression. */
const FORMS = [
  '{CODE}',
  'Chữ {CODE} chữ',
  'export const x = CODE;',
  '<BookingLink service={CODE} />',
  '<Callout title={CODE}>Chữ</Callout>',
  '<Callout title="Chữ" {...CODE}>Chữ</Callout>',
  '{/* a */ CODE /* b */}',
];

let checkout: ReturnType<typeof makeSampleCheckout>;

beforeAll(() => (checkout = makeSampleCheckout()));
afterAll(() => checkout.remove());

test('an article with code, in whatever form, is refused before any of it runs', () => {
  const file = path.join(checkout.folder, ARTICLE);
  const stolen = path.join(checkout.folder, 'stolen.txt');
  const code = `((p) => p.getBuiltinModule("node:fs").writeFileSync(${JSON.stringify(stolen)}, p.env.CLOUDFLARE_API_TOKEN))(globalThis.process)`;
  const forms = FORMS.map((form) => form.replace('CODE', () => code));
  writeFileSync(file, [readFileSync(file, 'utf8'), ...forms, ''].join('\n\n'));
  const { status, stderr } = spawnSync(process.execPath, ['scripts/build.mjs'], {
    cwd: checkout.folder,
    encoding: 'utf8',
    env: { ...process.env, CLOUDFLARE_API_TOKEN: 'canary' },
  });
  expect(existsSync(stolen)).toBe(false);
  expect(status).toBe(1);
  expect(stderr.match(/sua-dien\.mdx:\d+ · nội dung · Bài viết không chứa mã/g)).toHaveLength(
    FORMS.length,
  );
});
