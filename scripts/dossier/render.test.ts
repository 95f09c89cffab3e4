import { describe, expect, test } from 'vitest';
import { company } from '../../shared/content/catalogue.ts';
import { fieldsOf } from '../../shared/privacy/register-fields.ts';
import { namedHosts } from '../../shared/privacy/register-outside.ts';
import { storedTables } from '../../shared/privacy/register-storage.ts';
import {
  legalDeadlines,
  personalFields,
  recipients,
  retention,
} from '../../shared/privacy/register.ts';
import { formatDeadline } from '../../shared/privacy/register-words.ts';
import { formatPeriod } from '../../shared/privacy/retention.ts';
import { readWranglerConfig } from '../tools/wrangler-config.ts';
import { OWNER_MARK } from './markdown.ts';
import { renderDossier } from './render.ts';

const owners = readWranglerConfig();
/** As it is while the owner has not said where dispatch is. */
const config = {
  ...owners,
  vars: { ...owners.vars, DISPATCH_URL: 'https://dispatch.example.invalid/jobs' },
};
const dossier = renderDossier(company, config);
const rows = dossier.split('\n').filter((line) => line.startsWith('| '));
const rowWith = (...cells: readonly string[]) =>
  rows.find((row) => cells.every((cell) => row.includes(` ${cell} |`)));

describe('the dossier', () => {
  test.each(['booking', 'contact'] as const)('has a row for each field of the form %s', (form) => {
    const name = form === 'booking' ? 'đơn đặt lịch' : 'tin nhắn';
    for (const field of fieldsOf(form)) {
      const { label, purpose } = personalFields[field];
      expect([field, rowWith(label, name, purpose)]).toEqual([field, expect.any(String)]);
    }
  });

  test.each(Object.values(recipients))('has a row for $name with its hosts', (recipient) => {
    const { name, role, hosts } = recipient;
    const row = rowWith(name, role);
    for (const host of hosts) expect(row).toContain(host);
    if (recipient.abroad) {
      const transfer = dossier.slice(dossier.indexOf('### A2'), dossier.indexOf('### A3'));
      expect(transfer).toContain(name);
    }
  });

  test('has every period and every legal deadline', () => {
    for (const { what, period, since } of Object.values(retention)) {
      expect(rowWith(what, formatPeriod(period), since)).toBeDefined();
    }
    for (const deadline of Object.values(legalDeadlines)) {
      expect(rowWith(formatDeadline(deadline))).toBeDefined();
    }
  });

  test('has every table, column and host', () => {
    for (const [name, { columns }] of Object.entries(storedTables)) {
      const row = rows.find((line) => line.startsWith(`| ${name} |`));
      for (const column of Object.keys(columns)) expect(row).toContain(column);
    }
    for (const host of Object.keys(namedHosts)) expect(rowWith(host)).toBeDefined();
  });

  test('names what wrangler.toml binds, and what only the owner knows', () => {
    for (const { binding } of [...config.d1_databases, ...config.kv_namespaces]) {
      expect(dossier).toContain(binding);
    }
    for (const name of config.secrets?.required ?? []) expect(dossier).toContain(name);
    const [, counted] = /Còn (\d+) chỗ/.exec(dossier) ?? [];
    expect(dossier.split(OWNER_MARK)).toHaveLength(Number(counted) + 1);
    expect(dossier).not.toContain('.invalid');
  });

  test('takes what the owner has given instead of a mark', () => {
    const vars = { ...config.vars, DISPATCH_URL: 'https://dieuphoi.example.com/jobs' };
    const given = renderDossier(company, { ...config, vars });
    expect(given).toContain('https://dieuphoi.example.com/jobs');
    expect(given.split(OWNER_MARK)).toHaveLength(dossier.split(OWNER_MARK).length - 1);
  });

  test('says so where invocation logs are on', () => {
    const loud = renderDossier(company, { ...config, observability: {} });
    expect(loud).toContain('Nhật ký lượt gọi của nền tảng đang bật');
  });

  test('throws on a blank that it does not know', () => {
    expect(() => renderDossier(company, config, '{nobody}')).toThrow('{nobody}');
  });
});
