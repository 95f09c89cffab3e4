import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoteCell } from '../../shared/csv.ts';
import { booksSql, type BooksRow, isMonth, renderBooks } from './csv.ts';

const row: BooksRow = {
  code: 'TS-8K3M2QX',
  visit: 'work',
  service: 've-sinh-nha-o',
  quantity: 80.5,
  furtherServices: null,
  ward: '16690',
  visitDate: '2026-11-25',
  window: 'sang',
  state: 'completed',
  toldVnd: 700_000,
  agreedVnd: 500_000,
  cashVnd: 200_000,
  transferVnd: 100_000,
  reference: 'TT7K3M2QX',
};

describe('renderBooks', () => {
  test('writes words instead of ids, one line a booking', () => {
    expect(renderBooks([row])).toBe(
      '\uFEFF"Mã đơn","Dịch vụ","Số lượng","Đơn vị","Phường, xã","Ngày làm","Khung giờ","Tình trạng",' +
        '"Giá đã báo","Giá đã đồng ý","Tiền mặt","Chuyển khoản","Còn phải trả","Nội dung chuyển khoản"\r\n' +
        '"TS-8K3M2QX","Vệ sinh nhà ở","80,5","m²","Phường Trường Vinh","25/11/2026","Sáng, 9:30–11:00","Đã làm xong",' +
        '"700000","500000","200000","100000","200000","TT7K3M2QX"\r\n' +
        '"Cộng","","","","","","","","700000","500000","200000","100000","200000",""\r\n',
    );
  });

  test.each(['requested', 'cancelled', 'no-show'] as const)(
    'owes nothing for a visit that is %s',
    (state) => {
      const [, line = '', sums = ''] = renderBooks([{ ...row, state }]).split('\r\n');
      expect(line).toContain('"500000","200000","100000","","TT7K3M2QX"');
      expect(sums).toContain('"500000","200000","100000","0",""');
    },
  );

  test('keeps the id of what the catalogue no longer has, and leaves an unknown size empty', () => {
    const old = { ...row, service: 'cu', ward: '00000', window: 'toi', quantity: null };
    expect(renderBooks([old])).toContain('"cu","","","00000","25/11/2026","toi"');
  });

  test('names several services with their sizes, and a visit to look', () => {
    const furtherServices = '[{"id":"giat-ghe-sofa","quantity":2}]';
    expect(renderBooks([{ ...row, furtherServices }])).toContain(
      '"Vệ sinh nhà ở, Giặt ghế sofa tại nhà (Vệ sinh nhà ở 80,5 m², Giặt ghế sofa tại nhà 2 bộ)","",""',
    );
    expect(renderBooks([{ ...row, visit: 'survey' }])).toContain(
      '"Đến xem và báo giá: Vệ sinh nhà ở","80,5","m²"',
    );
  });

  test('never begins a cell like a formula, whatever a table holds', () => {
    const odd = { ...row, code: '=1+1', service: '@SUM(A1)', ward: '+84', window: '-2' };
    const cells = renderBooks([odd]).split('\r\n')[1] ?? '';
    expect(cells).not.toMatch(/(^|,)"[=+\-@\t\r]/);
    expect(cells).toContain(`"'=1+1","'@SUM(A1)"`);
  });
});

describe('the sums of a month', () => {
  const vnd = fc.integer({ min: 0, max: 1_000_000_000 });
  const anyRow = fc.record({
    ...{ toldVnd: fc.option(vnd), agreedVnd: fc.option(vnd), cashVnd: vnd, transferVnd: vnd },
    service: fc.string(),
    code: fc.string(),
  });
  /** The cells of a line that has no line break in a cell. */
  const cellsOf = (line: string) =>
    Array.from(line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g), ([, cell = '']) => cell);

  test('are what their columns add up to, in whole đồng, and no cell is a formula', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 12 }), (changes) => {
        const rows = changes.map((change) => ({
          ...{ ...row, ...change },
          service: change.service.replace(/[\r\n]/g, ' '),
          code: change.code.replace(/[\r\n]/g, ' '),
        }));
        const lines = renderBooks(rows).split('\r\n').slice(1, -1).map(cellsOf);
        const sums = lines.at(-1) ?? [];
        for (const column of [8, 9, 10, 11, 12]) {
          const cells = lines.slice(0, -1).map((cells_) => cells_[column] ?? '?');
          expect(cells.every((cell) => /^\d*$/.test(cell))).toBe(true);
          expect(sums[column]).toBe(String(cells.reduce((sum, cell) => sum + Number(cell), 0)));
        }
        expect(lines.flat().filter((cell) => /^[=+\-@\t\r\n]/.test(cell))).toEqual([]);
      }),
    );
  });
});

test.each(['=', '+', '-', '@', '\t', '\r'])(
  'quoteCell disarms a cell that begins with %j',
  (mark) => {
    expect(quoteCell(`${mark}x`)).toBe(`"'${mark}x"`);
  },
);

test('quoteCell doubles quotes and keeps the rest', () => {
  expect(quoteCell('a "b", c')).toBe('"a ""b"", c"');
});

describe('booksSql', () => {
  test('takes the whole month and nothing of a person', () => {
    const sql = booksSql('2026-12');
    expect(sql).toContain("visit_date >= '2026-12-01' and visit_date < '2027-01-01'");
    expect(sql).not.toMatch(/sealed|hash|intent|select \*/);
  });

  test.each(['2026-13', '2026-1', '11-2026', "2026-11' or 1=1", ''])('refuses %j', (month) => {
    expect(isMonth(month)).toBe(false);
    expect(() => booksSql(month)).toThrow('2026-11');
  });
});
