import { defineConfig } from '@playwright/test';
import everyday from './playwright.config.ts';

/** The long way round: every form of /admin/, to be walked when the editor gets a new version. */
export default defineConfig({
  ...everyday,
  testDir: './tests/tour',
  timeout: 900_000,
  projects: everyday.projects?.filter(({ name }) => name === 'js'),
});
