import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, test } from 'vitest';
import { boundaryConfigs } from './boundaries.mjs';

const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [
    { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
    ...boundaryConfigs,
  ],
});

async function allows(filePath: string, from: string): Promise<boolean> {
  const [result] = await eslint.lintText(`import x from '${from}';\n`, { filePath });
  return result?.messages.length === 0;
}

describe('the one-way imports', () => {
  test.each([
    ['shared/phone.ts', 'libphonenumber-js/max'],
    ['shared/content/catalogue.ts', '../content/services.json'],
    ['shared/forms/booking.ts', './fields.ts'],
    ['site/pages/index.ts', '../../shared/content/catalogue.ts'],
    ['worker/booking/routes.ts', 'hono'],
    ['worker/booking/routes.ts', '../store/bookings.ts'],
    ['worker/store/bookings.ts', '../../shared/states.ts'],
    ['worker/outbox/mails/staff-email.ts', '../emails/staff-email.ts'],
    ['worker/emails/layout.ts', 'hono/html'],
    ['worker/dev.ts', './dev/app.ts'],
  ])('%s may import %s', async (file, from) => {
    expect(await allows(file, from)).toBe(true);
  });

  test.each([
    ['shared/phone.ts', 'hono'],
    ['shared/phone.ts', '../worker/tokens.ts'],
    ['shared/phone.ts', '../site/art.ts'],
    ['shared/privacy/policies.ts', '../content/policies/bao-hanh.mdx'],
    ['site/pages/index.ts', '../../worker/signing/links.ts'],
    ['worker/app.ts', '../site/art.ts'],
    ['worker/index.ts', './dev.ts'],
    ['worker/app.ts', './dev/app.ts'],
    ['worker/store/bookings.ts', 'hono'],
    ['worker/store/bookings.ts', '../routes/bookings.ts'],
    ['worker/outbox/mails/staff-email.ts', '../routes/bookings.ts'],
    ['worker/outbox/mails/staff-email.ts', '../app.ts'],
    ['worker/emails/layout.ts', 'hono'],
    ['worker/emails/layout.ts', '../store/bookings.ts'],
  ])('%s may not import %s', async (file, from) => {
    expect(await allows(file, from)).toBe(false);
  });
});
