import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ContentFolder, readContentFolder } from './folder.ts';
import { canonicalEntries, canonicalFactsFiles } from './form.ts';
import { PHOTO_EXTENSIONS, inspectPhoto, shrinkPhoto } from './photo.ts';
import { checkFacts } from './rules/fields.ts';

/** Writes files in their canonical form, makes photos smaller and removes their location. Returns the changed files. */
export async function fixContent(root: string): Promise<string[]> {
  const content = readContentFolder(root);
  return [
    ...(await fixTexts(root, content)),
    ...(await Promise.all([...content.files.keys()].map((file) => fixPhoto(root, file)))).flat(),
  ];
}

async function fixTexts(root: string, content: ContentFolder): Promise<string[]> {
  const entries = checkFacts(content).length === 0 ? await canonicalEntries(content) : [];
  const changed = [...canonicalFactsFiles(content), ...entries].filter(
    ({ text, canonical }) => text !== canonical,
  );
  for (const { file, canonical } of changed) writeFileSync(path.join(root, file), canonical);
  return changed.map(({ file }) => file);
}

async function fixPhoto(root: string, file: string): Promise<string[]> {
  if (!PHOTO_EXTENSIONS.test(file)) return [];
  const target = path.join(root, file);
  const bytes = readFileSync(target);
  const photo = await inspectPhoto(bytes);
  if (!photo?.isTooLarge && !photo?.hasLocation) return [];
  // Written beside it and renamed, so that an interruption does not leave half a photo.
  const fresh = `${target}.new`;
  writeFileSync(fresh, await shrinkPhoto(bytes));
  renameSync(fresh, target);
  return [file];
}
