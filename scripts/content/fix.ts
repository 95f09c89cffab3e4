import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { loadSchema } from './collections.ts';
import { factsFiles } from './facts.ts';
import { type ContentFolder, readContentFolder } from './folder.ts';
import { canonicalEntry, canonicalFacts } from './form.ts';
import { checkFacts } from './rules/facts.ts';
import { IMAGE_FILES, IMAGE_MAX_BYTES, IMAGE_MAX_SIDE, inspectImage } from './rules/images.ts';

/** Side to which a large photo is brought down. */
const IMAGE_SIDE = 2000;

/** Mends what is only form: canonical files in NFC, photos made smaller and freed of their place. Names the changed files. */
export async function fixContent(root: string): Promise<string[]> {
  const content = readContentFolder(root);
  return [
    ...(await fixTexts(root, content)),
    ...(await Promise.all([...content.files.keys()].map((file) => fixImage(root, file)))).flat(),
  ];
}

async function fixTexts(root: string, content: ContentFolder): Promise<string[]> {
  const wanted = new Map<string, { text: string; fixed: string }>();
  for (const { file, text, data, syntax } of content.facts) {
    const schema = factsFiles[file];
    if (schema && !syntax) wanted.set(file, { text, fixed: canonicalFacts(data, schema) });
  }
  // What an entry may say is known only when the facts are right.
  const readable = checkFacts(content).length === 0 ? content.entries : [];
  for (const entry of readable) {
    if (!entry.hasFront || entry.front.error) continue;
    const fixed = canonicalEntry(entry, await loadSchema(entry.collection));
    wanted.set(entry.file, { text: entry.text, fixed });
  }
  const changed = [...wanted].filter(([, { text, fixed }]) => text !== fixed);
  for (const [file, { fixed }] of changed) writeFileSync(path.join(root, file), fixed);
  return changed.map(([file]) => file);
}

async function fixImage(root: string, file: string): Promise<string[]> {
  if (!IMAGE_FILES.test(file)) return [];
  const target = path.join(root, file);
  const bytes = readFileSync(target);
  const found = await inspectImage(target).catch(() => null);
  if (!found) return [];
  if (!found.hasPlace && found.side <= IMAGE_MAX_SIDE && bytes.length <= IMAGE_MAX_BYTES) return [];
  const smaller = sharp(bytes)
    .rotate()
    .resize(IMAGE_SIDE, IMAGE_SIDE, { fit: 'inside', withoutEnlargement: true });
  // Written beside and moved, so that a stop in between leaves the photo whole.
  const fresh = `${target}.new`;
  writeFileSync(fresh, await smaller.toBuffer());
  renameSync(fresh, target);
  return [file];
}
