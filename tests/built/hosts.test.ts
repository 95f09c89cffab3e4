import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { company } from '../../shared/content/catalogue.ts';
import { securityHeaders } from '../../shared/headers.ts';
import { namedHosts } from '../../shared/privacy/register-outside.ts';
import { recipients } from '../../shared/privacy/register.ts';
import { staffPhones } from '../../shared/privacy/staff-phones.ts';
import { readWranglerConfig } from '../../scripts/tools/wrangler-config.ts';
import { readFiles, readFilesOf } from './site.ts';

const REMEDY =
  'is not in the register: name it in shared/privacy/register.ts or shared/privacy/register-storage.ts';
const COMMENT = /\/\*[^]*?\*\/|^\s*\/\/.*$/gm;
const ADDRESS = /https?:\/\/([a-z0-9.-]+\.[a-z]+)/gi;

const hostOf = (url: string | undefined) => (url ? [new URL(url).host] : []);
const ours = hostOf(readWranglerConfig().vars['PUBLIC_ORIGIN']);
const ofTheCompany = [company.facebook, company.legal.moitBadgeUrl].flatMap(hostOf);
/** Pages that an article leads its readers to: the owner's words, and no place that data goes to. */
const linkedHosts = readFilesOf('content', ['.md', '.mdx']).flatMap(({ text }) =>
  Array.from(text.matchAll(ADDRESS), ([, host = '']) => host),
);
const recipientHosts = Object.values(recipients).flatMap(({ hosts }): readonly string[] => hosts);

function findUnknown(
  files: readonly { file: string; text: string }[],
  known: readonly string[],
): string[] {
  return files.flatMap(({ file, text }) =>
    Array.from(text.matchAll(ADDRESS), ([, host = '']) => host)
      .filter((host) => !known.includes(host))
      .map((host) => `${file}: ${host} ${REMEDY}`),
  );
}

describe('outbound hosts', () => {
  test('no page names one that the register does not', () => {
    const known = [...ours, ...ofTheCompany, ...linkedHosts, ...Object.keys(namedHosts)];
    const endings = ['.html', '.js', '.css', '.svg', '.xml', '.txt', '.json'];
    // The editors' page holds their tool; no visitor is led to it.
    const files = readFiles(...endings).filter(({ file }) => !file.startsWith('admin/'));
    expect(files.map(({ file }) => file)).toContain('index.html');
    expect(findUnknown(files, known)).toEqual([]);
  });

  // A link in a comment is for readers of the code; no bundle has it.
  const worker = readFilesOf('worker', ['.ts'])
    .filter(({ file }) => !/\.test\.|^test\/|^dev/.test(file))
    .map(({ file, text }) => ({ file, text: text.replace(COMMENT, '') }));

  test('the Worker names none that the register does not', () => {
    // Not asked over a network: the binding of built files wants some address.
    const known = [...recipientHosts, 'assets.invalid'];
    expect(findUnknown(worker, known)).toEqual([]);
  });

  test('the Worker asks the address of dispatch, push services and no other', () => {
    const asking = worker.filter(({ text }) =>
      /(?<![.\w])(?:fetch|connect|WebSocket)\(/.test(text),
    );
    expect(asking.map(({ file }) => file)).toEqual([
      'outbox/dispatch-webhook.ts',
      'outbox/staff-push.ts',
    ]);
    expect(asking[0]?.text).toContain('readDispatchUrl(env.DISPATCH_URL)');
    expect(asking[1]?.text).toContain('isPushHost(env.PUSH_HOSTS, subscription.endpoint)');
    expect(staffPhones.hosts).toEqual(['PUSH_HOSTS']);
    expect(recipients.dispatch.hosts).toEqual(['DISPATCH_URL']);
  });

  test('no policy lets a page ask another host', () => {
    const pages = readFiles('.html').filter(({ file }) => !file.startsWith('admin/'));
    const metas = pages.flatMap(({ text }) =>
      Array.from(
        text.matchAll(/http-equiv="content-security-policy" content="([^"]+)"/gi),
        ([, content = '']) => content,
      ),
    );
    expect(metas).toHaveLength(pages.length);
    const header = securityHeaders['Content-Security-Policy'] ?? '';
    expect(readFileSync('public/_headers', 'utf8')).toContain(header);
    for (const sources of [header, ...metas]) {
      const allowed = sources
        .split(';')
        .flatMap((directive) => directive.trim().split(/\s+/).slice(1))
        .filter((source) => !/^(?:'self'|'none'|data:|'sha(?:256|384|512)-[^']+')$/.test(source));
      expect(allowed).toEqual([]);
    }
  });
});
