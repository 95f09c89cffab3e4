import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Areas } from '../../shared/content/areas.ts';
import type { BookingRules } from '../../shared/content/booking-rules.ts';
import type { Company } from '../../shared/content/company.ts';
import { ConfirmedSchema, type Launch } from '../../shared/content/launch.ts';
import type { Service } from '../../shared/content/services.ts';
import { setWranglerValues } from '../wrangler-values.ts';

const STAFF = 'viec@sach-tinh.vn';
const SECOND = 'du-phong@sach-tinh.vn';
const SENDER = 'thu@sach-tinh.vn';

/** Fills in everything that the launch list asks for, and changes what an owner may change. */
export function fillIn(root: string): void {
  changeJson<Company>(root, 'company.json', fillCompany);
  changeJson<{ services: Service[] }>(root, 'services.json', fillServices);
  changeJson<BookingRules>(root, 'booking.json', fillRules);
  changeJson<Areas>(root, 'areas.json', (areas) => ({
    ...areas,
    wards: areas.wards
      .slice(areas.wards.length > 1 ? 1 : 0)
      .map((ward, index) => (index % 2 === 0 ? { ...ward, travelFeeVnd: 30_000 } : ward)),
  }));
  changeJson<Launch>(root, 'launch.json', () => ({
    repository: 'sach-tinh/trang-web',
    branch: 'main',
    confirmed: Object.fromEntries(
      Object.keys(ConfirmedSchema.entries).map((name) => [name, '2026-12-01']),
    ) as Launch['confirmed'],
  }));
  changeJson<{ holidays: { date: string; name: string }[] }>(root, 'holidays.json', (file) => ({
    holidays: [...file.holidays, { date: '2027-12-24', name: 'Ngày nghỉ bù' }],
  }));
  changeText(root, 'wrangler.toml', fillWrangler);
  changePolicies(root);
}

/** Zalo by the hotline, as most companies have it; names and numbers that other words contain. */
function fillCompany(company: Company): Company {
  return {
    ...company,
    name: 'Hộ kinh doanh Sạch Tinh',
    shortName: 'Sạch Tinh',
    hotline: '0912345001',
    zalo: '0912345001',
    support: [{ name: 'Hà', phone: '02383840001' }],
    address: { ...company.address, street: 'Số 1 đường Lê Lợi', formerly: '' },
    facebook: 'https://www.facebook.com/sachtinh',
    email: 'lienhe@sach-tinh.vn',
    openingHours: [
      { days: 'Mo-Fr', from: '07:00', to: '18:00' },
      { days: 'Sa,Su', from: '08:00', to: '11:30' },
    ],
    legal: {
      form: 'Hộ kinh doanh',
      businessCode: '0123 456 789',
      businessCodeDate: '2026-11-22',
      representative: 'Nguyễn Thị Nhất',
      moitBadgeUrl: 'https://online.gov.vn/Home/WebDetails/1',
    },
    since: '2014',
    insurance: 'Bảo Việt, trách nhiệm nghề nghiệp, đến 31/12/2027',
    bankAccount: '0123 456 789 012, ngân hàng Vietcombank, Nguyễn Thị Nhất',
  };
}

/** Every service has a price and another name; one takes more windows than before, and their order is another. */
function fillServices({ services }: { services: Service[] }): { services: Service[] } {
  return {
    services: services.toReversed().map((service, index) => ({
      ...service,
      name: `${service.name} (gói ${index + 1})`,
      windows: index === 0 ? 2 : 1,
      prices: [
        {
          label: 'Một lần',
          amountVnd: 250_000 + index * 10_000,
          minimumVnd: 500_000,
          includes: 'Đã gồm thuế.',
          validFrom: '2026-12-01',
        },
      ],
    })),
  };
}

/** Other windows under other names, fewer crews, a day without work in the week. */
function fillRules(rules: BookingRules): BookingRules {
  const windows = [
    { id: 'ca-1', label: 'Ca 1', from: '06:30', to: '08:00' },
    { id: 'ca-2', label: 'Ca 2', from: '08:30', to: '10:00' },
    { id: 'ca-3', label: 'Ca 3', from: '14:00', to: '16:30' },
  ];
  const all = windows.map(({ id }) => id);
  return {
    ...rules,
    confirmed: true,
    windows,
    week: { mon: [], tue: all, wed: all, thu: all, fri: all, sat: all, sun: ['ca-1', 'ca-2'] },
    seats: 2,
    leadHours: 4,
    horizonDays: 30,
    noticeHours: 24,
    closed: [{ from: '2027-02-05', to: '2027-02-09', reason: 'Tết' }],
    peaks: [],
    workingHours: { from: '06:30', to: '18:00', days: ['tue', 'wed', 'thu', 'fri', 'sat', 'sun'] },
    callback: { minutes: 90, confirmed: true },
    customerEmail: true,
  };
}

function fillWrangler(toml: string): string {
  const live = {
    name: 'sach-tinh',
    database_name: 'sach-tinh',
    PUBLIC_ORIGIN: 'https://sach-tinh.vn',
    STAFF_ADDRESS: STAFF,
    STAFF_SECOND_ADDRESS: SECOND,
    SENDER_ADDRESS: SENDER,
    DISPATCH_URL: 'https://dieu-phoi.sach-tinh.vn/viec',
    FLOOD_LIMIT: '900',
    allowed_destination_addresses: [STAFF, SECOND],
    allowed_sender_addresses: [SENDER],
  };
  const preview = { database_name: 'sach-tinh-xem-thu', PUBLIC_ORIGIN: 'https://thu.sach-tinh.vn' };
  return setWranglerValues(toml, { live, preview })
    .replaceAll(
      /^(database_name = .*)\n(?!database_id)/gm,
      `$1\ndatabase_id = "${crypto.randomUUID()}"\n`,
    )
    .replaceAll(/^(binding = "VAULT")\n(?!id)/gm, `$1\nid = "${'0'.repeat(32)}"\n`);
}

/** Every policy says one more sentence; `npm run policy -- publish` makes it a version. */
function changePolicies(root: string): void {
  for (const file of readdirSync(path.join(root, 'content/policies'))) {
    if (!file.endsWith('.mdx')) continue;
    changeText(
      root,
      `content/policies/${file}`,
      (text) =>
        `${text.replace(/^changes: .*(?:\n {2,}.*)*$/m, 'changes: Thêm một câu về giờ gọi.').trimEnd()}\n\nGọi trong giờ làm việc thì có người nghe máy ngay.\n`,
    );
  }
}

function changeText(root: string, file: string, change: (text: string) => string): void {
  const text = readFileSync(path.join(root, file), 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`Nothing was changed in ${file}`);
  writeFileSync(path.join(root, file), changed);
}

function changeJson<Facts>(root: string, name: string, change: (facts: Facts) => Facts): void {
  changeText(root, `content/${name}`, (text) =>
    JSON.stringify(change(JSON.parse(text) as Facts), null, 2),
  );
}
