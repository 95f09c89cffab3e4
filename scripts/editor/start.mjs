// Runs in the browser at /admin/, where the editor's own files lie beside it.
import { formatFacts, toForm } from './facts-form.mjs';

/** @typedef {{ registerCustomFormat: (name: string, extension: string, methods: object) => void, init: (options: object) => void }} Cms */

const editor = './sveltia/npm/index.js';

Object.assign(window, { CMS_MANUAL_INIT: true });
/** @type {{ default: Cms }} */
const { default: cms } = await import(editor);
const answer = await fetch('/admin/config.json', { cache: 'no-cache' });
/** @type {{ config: object, formats: Record<string, import('./facts-form.mjs').Shape> }} */
const { config, formats } = await answer.json();

for (const [name, shape] of Object.entries(formats)) {
  cms.registerCustomFormat(name, 'json', {
    fromFile: (/** @type {string} */ text) => toForm(JSON.parse(text), shape),
    toFile: (/** @type {unknown} */ data) => formatFacts(data, shape),
  });
}
cms.init({ config });
