import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { services, topics } from '../../shared/content/catalogue.ts';
import { ROOT } from '../tools/environment.mjs';

/** How an article is written: Markdown, or Markdown with components. */
export type Kind = 'md' | 'mdx';

const SOURCES = path.join(ROOT, 'content', 'news');
const SERVICES = services.slice(0, 4).map(({ id }) => id);
const TOPICS = topics.slice(0, 2).map(({ id }) => id);
const FIRST_DAY = Date.parse('2020-01-01');
const DAY_MS = 86_400_000;

/** The prose of our own `.md` articles in turn, so that generated ones weigh what real ones do. */
function readProse(): string[] {
  const files = readdirSync(SOURCES).filter((file) => file.endsWith('.md'));
  return files.map((file) => {
    const text = readFileSync(path.join(SOURCES, file), 'utf8');
    return text.slice(text.indexOf('\n---\n', 4) + 5);
  });
}

function writeArticle(index: number, prose: readonly string[]): string {
  const day = new Date(FIRST_DAY + (index % 2000) * DAY_MS).toISOString().slice(0, 10);
  return `---
title: Bài đo thử số ${index}
description: Bài số ${index} của phép đo, chữ như bài thật, để biết một bài thêm vào làm việc dựng trang chậm đi bao nhiêu.
topic: ${TOPICS[index % TOPICS.length]}
pubDate: ${day}
services:
  - ${SERVICES[index % SERVICES.length]}
---

Đoạn mở đầu của bài ${index}.

${prose[index % prose.length]}`;
}

/** Puts `count` articles of one kind, and no other file, into a folder. */
export function writeArticles(folder: string, { count, kind }: { count: number; kind: Kind }) {
  const prose = readProse();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index += 1) {
    writeFileSync(path.join(folder, `do-thu-${index}.${kind}`), writeArticle(index, prose));
  }
}
