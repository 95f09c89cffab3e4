import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { ROOT } from '../tools/environment.mjs';
import { findAdminFiles, readAdminFile } from './files.ts';

/** Puts the editor at /admin/ beside the built site, and serves it during `npm run dev`. */
export function adminPages(): AstroIntegration {
  return {
    name: 'admin-pages',
    hooks: {
      'astro:server:setup': ({ server }) => {
        server.middlewares.use('/admin', (request, response, next) => {
          const name = (request.url ?? '/').replace(/[?#].*$/, '').slice(1) || 'index.html';
          readAdminFile(ROOT, name).then(
            (file) => {
              if (file === null) return next();
              response.setHeader('Content-Type', file.type);
              response.end(file.body);
            },
            (error: unknown) => next(error),
          );
        });
      },
      'astro:build:done': async ({ dir }) => {
        const target = path.join(fileURLToPath(dir), 'admin');
        for (const name of findAdminFiles(ROOT)) {
          const file = await readAdminFile(ROOT, name);
          if (file === null) throw new Error(`/admin/${name} is missing`);
          mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
          writeFileSync(path.join(target, name), file.body);
        }
      },
    },
  };
}
