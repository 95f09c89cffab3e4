import { checkNames } from '../../scripts/checks/checks.mjs';
import { readArguments, runCommand } from '../../scripts/tools/command.mjs';
import { copyProject } from '../project-copy.ts';
import { fillIn } from './fill.ts';

const USAGE = `npm run owner-launch            a filled-in project passes every other check
npm run owner-launch -- --short only those that read what was filled in: content, launch list, built pages
npm run owner-launch -- --keep  leaves the folder for a look`;

const OPTIONS = {
  short: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
} as const;

/** Tests of the built site that ask for the owner's facts. */
const OF_FACTS = ['facts', 'pages', 'hosts', 'forms', 'filled-pages', 'policy-items'];

/** Every check of `npm test` but those that fill in a project of their own. */
const CHECKS = checkNames.filter((name) => !['owner', 'random'].includes(name));

await runCommand(async () => {
  const { short, keep } = readArguments(USAGE, OPTIONS).options;
  const { folder, run, remove } = copyProject();
  if (keep) console.log(folder);
  try {
    fillIn(folder);
    run('node', ['scripts/content.ts', 'check', '--fix']);
    run('node', short ? ['scripts/build.mjs'] : ['scripts/policy.ts', 'publish']);
    // Ends with 1 where something is still red.
    run('node', ['scripts/launch.ts']);
    const pages = OF_FACTS.map((name) => `tests/built/${name}.test.ts`);
    if (short) run('vitest', ['run', '--project', 'built', ...pages]);
    else run('node', ['scripts/test.mjs', ...CHECKS]);
  } finally {
    if (!keep) remove();
  }
});
