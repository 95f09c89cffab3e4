/** Imports run one way; each entry is one folder of the house and what it may not reach. */
const folder = (/** @type {string} */ names) => `(^|/)(${names})(/|\\.ts$|$)`;

const worker = [
  {
    regex: folder('site|tests|scripts'),
    message: 'The Worker imports from worker and shared only.',
  },
  { regex: folder('dev'), message: 'worker/dev is for development and stays out of the bundle.' },
];

const noHono = { regex: '^hono(/|$)', message: 'Only routes and middleware know Hono.' };

/** @type {{ files: string[], patterns: { regex: string, message: string }[] }[]} */
const boundaries = [
  {
    files: ['shared/**/*.ts'],
    patterns: [
      {
        regex: '^(?!\\.|valibot$|libphonenumber-js(/|$))',
        message: 'shared imports valibot, libphonenumber-js, content/*.json and shared only.',
      },
      { regex: folder('site|worker|tests|scripts'), message: 'shared reaches neither side.' },
      {
        regex: '\\.\\./\\.\\./content/(?!.*\\.json$)',
        message: 'shared reads the JSON facts only.',
      },
    ],
  },
  {
    files: ['site/**/*.{ts,astro}', 'astro.config.mjs'],
    patterns: [{ regex: folder('worker'), message: 'site never imports worker, not even types.' }],
  },
  { files: ['worker/**/*.ts'], patterns: worker },
  {
    files: ['worker/store/**/*.ts'],
    patterns: [
      ...worker,
      noHono,
      {
        regex: folder('booking|customer|staff|outbox|emails|app|queue|scheduled'),
        message: 'store knows SQL only.',
      },
    ],
  },
  {
    files: ['worker/outbox/**/*.ts'],
    patterns: [
      ...worker,
      noHono,
      { regex: folder('app|scheduled'), message: 'Nothing calls back upward.' },
    ],
  },
  {
    files: ['worker/emails/**/*.ts'],
    patterns: [
      ...worker,
      { regex: '^hono(?!/html$)(/|$)', message: 'E-mails use hono/html and nothing else of Hono.' },
      {
        regex: folder('store|outbox|personal-data|app|queue|scheduled'),
        message: 'E-mails are drawn from what they are given.',
      },
    ],
  },
];

/**
 * ESLint configs that hold the one-way import rule of the house.
 * @type {import('eslint').Linter.Config[]}
 */
export const boundaryConfigs = boundaries.map(({ files, patterns }) => ({
  files,
  ignores: ['**/*.test.ts', 'worker/dev.ts', 'worker/dev/**', 'worker/test/**'],
  rules: { 'no-restricted-imports': ['error', { patterns }] },
}));
