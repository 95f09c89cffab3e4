/** @type {{ files: string[], patterns: { regex: string, message: string }[] }[]} */
const packages = [
  {
    files: ['shared/**/*.ts'],
    patterns: [
      {
        regex: '^(?!\\.|valibot$|libphonenumber-js(/|$))',
        message: 'shared imports valibot, libphonenumber-js, content/*.json and shared only.',
      },
      {
        regex: '/content/(?:.*/)?[^/]*\\.(?!json$|ts$)\\w+$',
        message: 'shared reads the JSON facts only.',
      },
    ],
  },
  {
    files: ['worker/{base,signing,store,personal-data,emails}/**/*.ts'],
    patterns: [
      {
        regex: '^hono(?!/html$)(/|$)',
        message: 'Below the HTTP rooms nothing knows Hono; e-mails use hono/html.',
      },
    ],
  },
];

/**
 * ESLint configs that say which packages a room may use.
 * @type {import('eslint').Linter.Config[]}
 */
export const packageConfigs = packages.map(({ files, patterns }) => ({
  files,
  ignores: ['**/*.test.ts'],
  rules: { 'no-restricted-imports': ['error', { patterns }] },
}));
