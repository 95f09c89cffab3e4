import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { defineCollection } from 'astro:content';
import type { GenericSchema, InferOutput } from 'valibot';
import { makeJsonSchema } from '../scripts/content/json-schema.ts';
import {
  AboutSchema,
  NewsSchema,
  PolicySchema,
  ServicePageSchema,
} from '../shared/content/entries.ts';
import { EnglishSchema } from '../shared/content/english.ts';
import { LetterSchema } from '../shared/content/letters.ts';
import { AlbumSchema, VideoSchema } from '../shared/content/gallery.ts';
import { findContentIssues, parseContent } from '../shared/content/parse-content.ts';

/**
 * A valibot schema as Astro takes it. Each mistake is reported at its field with the sentence that says how to mend it; editor
 * programs complete fields from the description.
 */
function checked<S extends GenericSchema>(folder: string, schema: S) {
  const described = z.unknown().meta({ ...makeJsonSchema(schema, folder) });
  return described.transform((data, context): InferOutput<S> => {
    const issues = findContentIssues(folder, schema, data);
    if (issues.length === 0) return parseContent(folder, schema, data);
    for (const { field, message } of issues) {
      context.addIssue({ code: 'custom', path: field.split('.'), message });
    }
    return z.NEVER;
  });
}

/** The Markdown and MDX files of one folder. */
function folder<S extends GenericSchema>(base: string, schema: S, pattern = '*.{md,mdx}') {
  return defineCollection({
    loader: glob({ base, pattern, retainBody: false }),
    schema: checked(base, schema),
  });
}

/** The prose that editors write. */
export const collections = {
  news: folder('content/news', NewsSchema),
  services: folder('content/services', ServicePageSchema),
  policies: folder('content/policies', PolicySchema),
  album: folder('content/album', AlbumSchema),
  video: folder('content/video', VideoSchema),
  english: folder('content', EnglishSchema, 'en.{md,mdx}'),
  about: folder('content', AboutSchema, 'about.{md,mdx}'),
  // Drawn by no page: `npm run letters` reads them. Here they are described to editor programs.
  letters: folder('content/letters', LetterSchema),
};
