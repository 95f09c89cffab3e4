import { readdirSync } from 'node:fs';
import path from 'node:path';
import { wardName } from '../../shared/content/areas.ts';
import { areas, company, services } from '../../shared/content/catalogue.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { readWranglerConfig } from '../../scripts/tools/wrangler-config.ts';
import { ROOT } from '../../scripts/tools/environment.mjs';

/** Words of this company's trade. */
const TRADE = ['vệ sinh', 'Vệ sinh', 'giặt', 'Giặt', 'sofa', 'Sofa', 'lau dọn', 'tường sơn'];

const NAMED = ['album', 'drawings', 'motifs', 'news', 'services', 'video'];

/** The words that name this company, its wards, services and content files. */
export function listCompanyNames(): string[] {
  const { name, vars, d1_databases: databases } = readWranglerConfig();
  const phones = [company.hotline, ...company.support.map(({ phone }) => phone)].flatMap(spell);
  const { locality, region, formerly } = company.address;
  const words = [
    ...[company.name, company.shortName, company.tagline, locality, region, formerly],
    ...[...company.support.map((one) => one.name), ...phones],
    ...services.flatMap((service) => [service.id, service.name]),
    ...areas.wards.flatMap((ward) => [ward.code, ward.name, wardName(ward), ward.area]),
    ...[areas.province.name, name, new URL(vars['PUBLIC_ORIGIN'] ?? '').hostname],
    ...databases.map((database) => database.database_name ?? ''),
    ...NAMED.flatMap(listFileNames),
    ...TRADE,
  ];
  return [...new Set(words.map((word) => word.normalize('NFC')))].filter((word) => word !== '');
}

/** The names that a text contains as whole words, and its codes with this company's prefix. */
export function findCompanyNames(text: string, names: readonly string[]): string[] {
  const plain = text.normalize('NFC').replaceAll(/&nbsp;|\u00a0/g, ' ');
  const codes = plain.match(new RegExp(`(?<![\\w-])${company.codePrefix}(?![a-z])`, 'g')) ?? [];
  return [...codes, ...names.filter((name) => plain.includes(name) && asWord(name).test(plain))];
}

function asWord(name: string): RegExp {
  return new RegExp(
    `(?<![\\p{L}\\p{N}-])${name.replace(/[.+*?^$()]/g, '\\$&')}(?![\\p{L}\\p{N}])`,
    'u',
  );
}

function spell(national: string): string[] {
  const e164 = toE164(national);
  const shown = formatPhone(e164);
  return [national, e164, shown, shown.replaceAll(' ', '.')];
}

/** File names of a folder of content/ without their endings; a single word is too common to count. */
function listFileNames(folder: string): string[] {
  return readdirSync(path.join(ROOT, 'content', folder))
    .map((file) => file.replace(/\.\w+$/, ''))
    .filter((file) => file.includes('-'));
}
