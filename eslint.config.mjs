import { defineConfig, globalIgnores } from 'eslint/config';
import astro from 'eslint-plugin-astro';
import tseslint from 'typescript-eslint';
import { imports } from './scripts/lint/imports.mjs';
import { packageConfigs } from './scripts/lint/packages.mjs';

const TESTS = ['**/*.test.ts', 'tests/**/*.ts', 'worker/test/**/*.ts'];

const focused = {
  selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(only|todo)$/]',
  message: 'The whole suite runs, always.',
};
const comparing = [
  'Identifier[name="timingSafeEqual"], Literal[value="timingSafeEqual"]',
  'CallExpression[callee.object.property.name="subtle"][callee.property.name="verify"]',
  ...['left', 'right'].flatMap((side) =>
    ['name', 'property.name'].map(
      (name) =>
        `BinaryExpression[operator=/^[!=]==$/][${side}.${name}=/(token|signature)$/i]:not([right.value=""])`,
    ),
  ),
].map((selector) => ({
  selector,
  message: 'Tokens are compared in worker/signing/tokens.ts only.',
}));
const clock = [
  'NewExpression[callee.name="Date"][arguments.length=0]',
  'CallExpression[callee.name="Date"]',
  'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
].map((selector) => ({ selector, message: 'The time is passed in as a parameter.' }));

export default defineConfig(
  globalIgnores([
    'dist*/',
    'node_modules/',
    '.wrangler/',
    '.astro/',
    '.cache/',
    'public/',
    'test-results/',
    'playwright-report/',
    'worker-configuration.d.ts',
  ]),
  {
    files: ['**/*.{ts,mjs}'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      eqeqeq: 'error',
      'no-else-return': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'max-lines': ['error', 250],
      'max-params': ['error', 3],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/require-await': 'off',
    },
  },
  // Scripts of a page stand in no file of their own that a program of types could hold: astro check reads their types.
  { files: ['**/*.astro/*.ts'], extends: [tseslint.configs.disableTypeChecked] },
  // Casts in JSDoc are not seen by this rule.
  { files: ['**/*.mjs'], rules: { '@typescript-eslint/no-unsafe-assignment': 'off' } },
  {
    files: ['**/*.astro'],
    extends: [
      tseslint.configs.base,
      astro.configs['flat/recommended'],
      astro.configs['flat/jsx-a11y-recommended'],
    ],
    rules: {
      eqeqeq: 'error',
      'prefer-const': 'error',
      'max-lines': ['error', 250],
      '@typescript-eslint/no-explicit-any': 'error',
      // Without a script, autofocus is how the error summary takes focus.
      'astro/jsx-a11y/no-autofocus': 'off',
      // The Worker fills in the links of its blanks; html-validate and axe see the filled pages.
      'astro/jsx-a11y/anchor-is-valid': 'off',
    },
  },
  { rules: { 'no-restricted-syntax': ['error', focused, comparing[0]] } },
  {
    files: ['shared/**', 'site/**', 'worker/**'],
    rules: { 'no-restricted-syntax': ['error', focused, ...comparing] },
  },
  {
    files: ['shared/**/*.ts', 'worker/**/*.ts'],
    ignores: [
      ...TESTS,
      'worker/index.ts',
      'worker/app.ts',
      'worker/signing/tokens.ts',
      'worker/dev/**',
    ],
    rules: { 'no-restricted-syntax': ['error', focused, ...comparing, ...clock] },
  },
  {
    files: ['worker/signing/tokens.ts'],
    rules: { 'no-restricted-syntax': ['error', focused, ...clock] },
  },
  {
    files: ['{shared,worker,site,scripts}/**/*.{ts,mjs,astro}'],
    ignores: TESTS,
    plugins: { imports: { rules: { downward: imports } } },
    rules: { 'imports/downward': 'error' },
  },
  {
    files: ['site/**'],
    ignores: [...TESTS, 'site/scripts/session-storage.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['sessionStorage', 'localStorage', 'indexedDB', 'caches'].map((name) => ({
          name,
          message: 'Storage can be blocked, null or full: site/scripts/session-storage.ts.',
        })),
      ],
    },
  },
  // What is written elsewhere would not stop where worker/base/log.ts writes nothing: on pages whose address holds a token.
  {
    files: ['worker/**/*.ts'],
    ignores: [...TESTS, 'worker/base/log.ts', 'worker/dev/**'],
    rules: { 'no-console': 'error' },
  },
  ...packageConfigs,
  {
    files: TESTS,
    rules: {
      'max-params': 'off',
      '@typescript-eslint/unbound-method': 'off',
      'max-lines': ['error', 500],
    },
  },
  {
    files: ['**/*.d.ts'],
    rules: { 'no-restricted-syntax': 'off', '@typescript-eslint/consistent-type-imports': 'off' },
  },
);
