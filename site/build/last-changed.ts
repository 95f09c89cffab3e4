import { execFileSync } from 'node:child_process';

const FOLDERS = ['content', 'site/pages'];

/** ISO times of the last commit of each source file and of any file directly in each folder; empty in a shallow clone or outside git. */
export function readLastCommits(): ReadonlyMap<string, string> {
  const dates = new Map<string, string>();
  if (git('rev-parse', '--is-shallow-repository').trim() !== 'false') return dates;
  let date = '';
  for (const line of git('log', '--format=%x00%cI', '--name-only', '--', ...FOLDERS).split('\n')) {
    if (line.startsWith('\0')) date = line.slice(1);
    else if (line !== '') {
      const folder = line.slice(0, line.lastIndexOf('/'));
      for (const name of [line, folder]) if (!dates.has(name)) dates.set(name, date);
    }
  }
  return dates;
}

/** The files a page's words come from. */
export function sourcesOf(path: string): string[] {
  const [section = '', slug = ''] = path.split('/').filter(Boolean);
  const folder = { 'dich-vu': 'services', 'chinh-sach': 'policies', 'tin-tuc': 'news' }[section];
  if (folder !== undefined && slug !== '') {
    return ['md', 'mdx'].map((ending) => `content/${folder}/${slug}.${ending}`);
  }
  const page = section === '' ? 'index' : section;
  if (page === 'album' || page === 'video') return [`site/pages/${page}.astro`, `content/${page}`];
  const facts = {
    'gioi-thieu': 'content/about.mdx',
    'bang-gia': 'content/services.json',
    en: 'content/en.mdx',
  }[page];
  return [`site/pages/${page}.astro`, `site/pages/${page}/index.astro`, facts ?? ''];
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return '';
  }
}
