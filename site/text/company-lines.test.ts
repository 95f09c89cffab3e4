import { describe, expect, test } from 'vitest';
import { company } from '../../shared/content/catalogue.ts';
import { companyLines, ownersFacts } from './company-lines.ts';

const none = {
  ...company,
  email: '',
  openingHours: [],
  legal: {
    form: '',
    businessCode: '',
    businessCodeDate: '',
    representative: '',
    moitBadgeUrl: '',
  },
};

describe('companyLines', () => {
  test('says nothing of what the owner has not given', () => {
    expect(companyLines(none)).toEqual([]);
  });

  test('says everything that the owner has given, in words for people', () => {
    const lines = companyLines({
      ...none,
      email: 'a@b.vn',
      openingHours: [
        { days: 'Mo-Sa', from: '07:30', to: '17:00' },
        { days: 'Su', from: '08:00', to: '11:00' },
      ],
      legal: {
        ...none.legal,
        form: 'Hộ kinh doanh',
        businessCode: '123',
        businessCodeDate: '2026-11-02',
        representative: 'Nguyễn Văn A',
      },
    });
    expect(lines).toEqual([
      'Email: a@b.vn',
      'Giờ mở cửa: Thứ Hai đến Thứ Bảy, 7:30–17:00',
      'Giờ mở cửa: Chủ\u00A0Nhật, 8:00–11:00',
      'Loại hình: Hộ kinh doanh',
      'Mã số doanh nghiệp: 123, cấp ngày 02/11/2026',
      'Người đại diện: Nguyễn Văn A',
    ]);
  });

  test('names the representative without a business code too', () => {
    const legal = { ...none.legal, representative: 'Nguyễn Văn A' };
    expect(companyLines({ ...none, legal })).toEqual(['Người đại diện: Nguyễn Văn A']);
  });
});

describe('ownersFacts', () => {
  test('says what the owner has given and nothing else', () => {
    const given = { ...none, since: '2014', insurance: 'trách nhiệm, công ty A' };
    const legal = { ...none.legal, businessCode: '123' };
    expect(ownersFacts({ ...none, since: '', insurance: '' })).toEqual([]);
    expect(ownersFacts({ ...given, legal })).toEqual([
      'Làm nghề từ năm 2014',
      'Mã số doanh nghiệp 123',
      'Bảo hiểm: trách nhiệm, công ty A',
    ]);
  });
});
