import process from 'node:process';
import { glob } from 'astro/loaders';
import { defineCollection } from 'astro:content';

const base = process.env['BENCH_ARTICLES'] ?? '';

export const collections = {
  news: defineCollection({ loader: glob({ base, pattern: '*.{md,mdx}' }) }),
};
