/**
 * The floors of the code, from the ground up. A file imports files of its own room and of lower floors, never of a room
 * beside it or above it. A room is a folder, or one file; the longest path that fits a file is its room.
 */
export const floors = [
  // shared/: what site and Worker agree on
  ['shared'],
  ['shared/content'],
  ['shared/privacy'],
  ['shared/jobs'],
  ['shared/forms'],

  // worker/
  ['worker/base', 'worker/emails', 'worker/runtime.d.ts'],
  ['worker/signing'],
  ['worker/store', 'worker/web'],
  ['worker/personal-data', 'worker/time-windows', 'worker/search', 'worker/visits'],
  ['worker/records', 'worker/push'],
  ['worker/wording', 'worker/tasks', 'worker/contact', 'worker/photos'],
  ['worker/booking', 'worker/customer', 'worker/letters', 'worker/staff', 'worker/outbox'],
  ['worker/my-data', 'worker/status', 'worker/scheduled.ts', 'worker/queue.ts'],
  ['worker/app.ts'],
  ['worker/index.ts'],
  // Development only: nothing that is deployed imports it. Of the helpers of tests, the bench uses one.
  ['worker/dev', 'worker/preview.ts', 'worker/test/wrap-database.ts'],
  ['worker/dev.ts'],

  // site/
  ['site', 'site/text', 'site/styles'],
  ['site/pictures', 'site/scripts'],
  ['site/structured-data', 'site/components/art', 'site/components/register'],
  ['site/components/company'],
  ['site/components/forms'],
  ['site/components/layout'],
  ['site/components/records'],
  ['site/components/articles'],
  ['site/components/policies'],
  ['site/pages', 'site/build'],

  // scripts/: parts first, then the commands
  ['scripts/tools', 'scripts/editor', 'scripts/lint'],
  ['scripts/database', 'scripts/dispatch', 'scripts/policy'],
  ['scripts/content', 'scripts/books', 'scripts/dossier', 'scripts/drill', 'scripts/deliveries'],
  ['scripts/admin', 'scripts/launch', 'scripts/bench', 'scripts/letters'],
  ['scripts/build.mjs', 'scripts/deploy'],
  ['scripts/checks'],
  ['scripts'],

  // Configurations, which nothing imports.
  ['site/content.config.ts', '.'],
];

/** Folders that never meet, though one stands higher: the site is built without the Worker, the Worker deployed without the site. */
export const apart = [{ from: 'site/', to: 'worker/' }];
