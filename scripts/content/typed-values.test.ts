import { describe, expect, test } from 'vitest';
import { ARTICLE, edit, line, useSample } from '../../tests/another-business/sample-copies.ts';
import { checkContent } from './check.ts';

const now = new Date('2026-12-01T02:00:00Z');
const { copyContent } = useSample();

const SERVICES = 'content/services.json';
const BOOKING = 'content/booking.json';
const COMPANY = 'content/company.json';
const VIDEO = 'content/video/dau-day.mdx';
const PRICE = 'services.0.prices.0.amountVnd';

interface Row {
  typed: string;
  file: string;
  from: RegExp;
  to: string;
  field: string;
  says: string;
}

const rows: Row[] = [
  ...(
    [
      ['250.000', PRICE, 'Có phải 250.000 không? Viết liền, không dấu chấm: 250000.'],
      ['1.000', PRICE, 'máy đọc thành 1.'],
      ['250.5', PRICE, 'Ghi số nguyên'],
      ['1.200.000', '(cú pháp)', '1.200.000 viết là 1200000.'],
      ['35,000', '(cú pháp)', '35,000 viết là 35000.'],
      ['"250.000"', PRICE, 'viết liền, không dấu chấm, không dấu nháy'],
      ['999', PRICE, 'Có phải 999 đồng không?'],
      ['1000000001', PRICE, 'Có phải 1.000.000.001 đồng không?'],
    ] as const
  ).map(([typed, field, says]) => ({
    typed: `a price of ${typed}`,
    file: SERVICES,
    from: /"amountVnd": 90000/,
    to: `"amountVnd": ${typed}`,
    field,
    says,
  })),
  {
    typed: 'the least price as 180.000',
    file: SERVICES,
    from: /"minimumVnd": 180000/,
    to: '"minimumVnd": 180.000',
    field: 'services.0.prices.0.minimumVnd',
    says: 'Viết liền, không dấu chấm: 180000.',
  },
  {
    typed: 'a travel fee of 50',
    file: 'content/areas.json',
    from: /("former": \[[^\]]*\])/,
    to: '$1, "travelFeeVnd": 50',
    field: 'wards.0.travelFeeVnd',
    says: 'Có phải 50 đồng không?',
  },
  {
    typed: 'minutes as 1.000, which JSON reads as 1',
    file: BOOKING,
    from: /"secondAddressAfterMinutes": \d+/,
    to: '"secondAddressAfterMinutes": 1.000',
    field: 'secondAddressAfterMinutes',
    says: 'Viết liền, không dấu chấm: 1000.',
  },
  {
    typed: 'seconds as 1.200',
    file: VIDEO,
    from: /^seconds: .*$/m,
    to: 'seconds: 1.200',
    field: 'seconds',
    says: 'Viết liền, không dấu chấm: 1200.',
  },
  {
    typed: 'seconds as 1, which /admin/ makes of 1.200',
    file: VIDEO,
    from: /^seconds: .*$/m,
    to: 'seconds: 1',
    field: 'seconds',
    says: 'Có phải 1 giây không?',
  },
  ...['12/1/2027', '2027-1-12', '2027-02-30'].flatMap((typed) => {
    const says = typed === '2027-02-30' ? 'không có trong lịch' : 'Ghi ngày dạng';
    return [
      {
        typed: `the first day of a price as ${typed}`,
        file: SERVICES,
        from: /"validFrom": "[^"]*"/,
        to: `"validFrom": "${typed}"`,
        field: 'services.0.prices.0.validFrom',
        says,
      },
      {
        typed: `a day off as ${typed}`,
        file: BOOKING,
        from: /"closed": \[\]/,
        to: `"closed": [{ "from": "${typed}", "to": "2999-01-01", "reason": "Nghỉ" }]`,
        field: 'closed.0.from',
        says,
      },
      {
        typed: `a public holiday as ${typed}`,
        file: 'content/holidays.json',
        from: /"date": "[^"]*"/,
        to: `"date": "${typed}"`,
        field: 'holidays.0.date',
        says,
      },
      {
        typed: `what the owner confirmed as ${typed}`,
        file: 'content/launch.json',
        from: /"area": ""/,
        to: `"area": "${typed}"`,
        field: 'confirmed.area',
        says,
      },
      {
        typed: `the day of the certificate as ${typed}`,
        file: COMPANY,
        from: /"businessCodeDate": "[^"]*"/,
        to: `"businessCodeDate": "${typed}"`,
        field: 'legal.businessCodeDate',
        says,
      },
      {
        typed: `the day of an article as ${typed}`,
        file: ARTICLE,
        from: /^pubDate: .*$/m,
        to: `pubDate: ${typed}`,
        field: 'pubDate',
        says: says.replace('ngày dạng', 'ngày đăng dạng'),
      },
    ];
  }),
];

describe('numbers and days as people write them', () => {
  test.each(rows)('are refused with what to write: $typed', async (row) => {
    const root = copyContent();
    edit(root, row.file, line(row.from, row.to));
    const problems = await checkContent(root, now);
    expect(problems).toEqual([
      expect.objectContaining({
        file: row.file,
        field: row.field,
        message: expect.stringContaining(row.says) as string,
      }),
    ]);
  });
});
