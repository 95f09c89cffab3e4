import { glob } from 'astro/loaders';
import { z } from 'astro/zod';
import { defineCollection } from 'astro:content';
import type { GenericSchema, InferOutput } from 'valibot';
import { AboutSchema, NewsSchema, PolicySchema, ServicePageSchema } from '../shared/entries.ts';
import { findContentIssues, parseContent } from '../shared/parse-content.ts';

/** Files of one folder under content/, in Markdown or MDX, checked by a valibot schema. */
function folder<S extends GenericSchema>(name: string, schema: S) {
  return defineCollection({
    loader: glob({
      base: `./content/${name}`,
      pattern: '*.{md,mdx}',
      retainBody: false,
    }),
    schema: z.unknown().transform((data, context): InferOutput<S> => {
      const issues = findContentIssues(`content/${name}`, schema, data);
      if (issues.length === 0) return parseContent(`content/${name}`, schema, data);
      for (const { field, message } of issues) {
        context.addIssue({ code: 'custom', path: field.split('.'), message });
      }
      return z.NEVER;
    }),
  });
}

/** The prose that editors write. */
export const collections = {
  news: folder('news', NewsSchema),
  services: folder('services', ServicePageSchema),
  policies: folder('policies', PolicySchema),
  about: folder('about', AboutSchema),
};
