import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Areas } from '../../shared/content/areas.ts';
import type { BookingRules } from '../../shared/content/booking-rules.ts';
import type { Company } from '../../shared/content/company.ts';
import type { Service } from '../../shared/content/services.ts';
import { setWranglerValues } from '../wrangler-values.ts';

const STAFF = 'tho@den-long.example.org';
const SECOND = 'tho-hai@den-long.example.org';
const SENDER = 'thu@den-long.example.org';

/** How the second company writes each file that the document names; none where the sample is good for any company. */
const FILES: Readonly<Record<string, ((text: string) => string) | null>> = {
  'company.json': change<Company>((company) => ({
    ...company,
    name: 'Công ty Đèn lồng Phố Mới',
    shortName: 'Phố Mới',
    tagline: 'Treo đèn và sửa điện ở Phố Mới',
    codePrefix: 'PM-',
    hotline: '0912777001',
    support: [{ name: 'An', phone: '0912777002' }],
    address: {
      street: '',
      locality: 'phường Phố Mới',
      region: 'tỉnh Sông Xa',
      country: 'VN',
      formerly: '',
    },
  })),
  'services.json': change<{ services: Service[] }>(({ services }) => ({
    services: services.map((service) => ({
      ...service,
      summary: `${service.summary} Nhận cả tuần.`,
    })),
  })),
  'areas.json': change<Areas>((areas) => ({
    ...areas,
    province: { code: '98', name: 'Sông Xa' },
    wards: [{ code: '98001', kind: 'phường', name: 'Phố Mới', area: 'Phố Mới', former: [] }],
  })),
  'booking.json': change<BookingRules>((rules) => ({ ...rules, seats: 1, horizonDays: 21 })),
  'pages.json': (text) =>
    text.replaceAll('Sao Mai, Đồng Nếp', 'Phố Mới và chung quanh').replaceAll('Sao Mai', 'Phố Mới'),
  'topics.json': (text) => text.replace('"name": "', '"name": "Về '),
  'crews.json': (text) => text.replaceAll('Đội ', 'Tổ '),
  'holidays.json': null,
  'launch.json': null,
  _redirects: () => '/trang-chu.html / 301\n/bang-gia.php /bang-gia/ 301\n',
};

/** What the second company writes into wrangler.toml. */
const LIVE: Readonly<Record<string, string | readonly string[]>> = {
  name: 'den-long',
  database_name: 'den-long',
  PUBLIC_ORIGIN: 'https://den-long.example.org',
  STAFF_ADDRESS: STAFF,
  STAFF_SECOND_ADDRESS: SECOND,
  SENDER_ADDRESS: SENDER,
  DISPATCH_URL: 'https://dieu-phoi.den-long.example.org/viec',
  allowed_destination_addresses: [STAFF, SECOND],
  allowed_sender_addresses: [SENDER],
};
const PREVIEW = {
  database_name: 'den-long-thu',
  PUBLIC_ORIGIN: 'https://thu.den-long.example.org',
};

/** Writes the files and values that the document names; throws where it names one that nobody knows how to write. */
export function writeCompany(
  root: string,
  { files, keys }: { files: string[]; keys: string[] },
): void {
  for (const file of files) {
    const write = FILES[file];
    if (write === undefined)
      throw new Error(`The document names ${file}, which is not written here`);
    if (write !== null) changeText(root, `content/${file}`, write);
  }
  const unknown = [...new Set(keys)].filter(
    (key) => !(key in LIVE) && !/^(?:database_)?id$/.test(key),
  );
  if (unknown.length > 0) throw new Error(`The document names ${unknown.join(', ')}`);
  const live = Object.fromEntries(Object.entries(LIVE).filter(([key]) => keys.includes(key)));
  changeText(root, 'wrangler.toml', (toml) =>
    setWranglerValues(toml, { live, preview: PREVIEW }).replaceAll(
      /^(?:database_id|id) = .*\n/gm,
      '',
    ),
  );
  changeText(
    root,
    'content/policies/bao-mat-thong-tin.mdx',
    (text) =>
      `${text.trimEnd()}\n\n## Ai trong công ty được xem\n\nChỉ người trực máy và người đi làm.\n`,
  );
}

function change<Facts>(write: (facts: Facts) => Facts): (text: string) => string {
  return (text) => JSON.stringify(write(JSON.parse(text) as Facts), null, 2);
}

function changeText(root: string, file: string, write: (text: string) => string): void {
  const target = path.join(root, file);
  writeFileSync(target, write(readFileSync(target, 'utf8')));
}
