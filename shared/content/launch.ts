import * as v from 'valibot';

const confirmed = (title: string, description: string) =>
  v.optional(
    v.pipe(
      v.string('Ghi ngày xác nhận dạng 2026-11-22, chưa thì để "".'),
      v.regex(/^(?:\d{4}-\d{2}-\d{2})?$/, 'Ghi ngày xác nhận dạng 2026-11-22, chưa thì để "".'),
      v.metadata({ title, description }),
    ),
    '',
  );

/** What only the owner can say is true, each with the day on which it was confirmed; red ones stop a deployment. */
export const ConfirmedSchema = v.strictObject(
  {
    reworkFree: confirmed(
      'Làm lại lúc nghiệm thu không tính tiền',
      'Trang bảo hành nói chỗ chưa đạt khi nghiệm thu được làm lại mà không thu thêm.',
    ),
    refundUndone: confirmed(
      'Hoàn tiền phần chưa làm',
      'Trang hủy và hoàn tiền nói tiền đã trả cho phần chưa làm được hoàn lại.',
    ),
    quotedPriceHolds: confirmed(
      'Việc đã xác nhận giữ giá đã báo',
      'Trang giá nói việc đã xác nhận không đổi giá.',
    ),
    area: confirmed(
      'Những phường, xã có phục vụ',
      'Trang chủ và mẫu đặt lịch kể từng phường, xã trong content/areas.json: bỏ nơi không nhận việc.',
    ),
    units: confirmed(
      'Đơn vị tính giá của từng dịch vụ',
      'Bảng giá nói mỗi dịch vụ tính theo mét vuông, bộ, buổi hay cách khác, ghi ở content/services.json.',
    ),
    payment: confirmed(
      'Trả tiền sau nghiệm thu, tiền mặt hoặc chuyển khoản',
      'Trang thanh toán nói vậy: nhận cách khác thì sửa content/policies/thanh-toan.mdx.',
    ),
    senderDomain: confirmed(
      'Tên miền gửi thư đã bật',
      'Cloudflare → Email Service: tên miền của SENDER_ADDRESS ở trạng thái hoạt động.',
    ),
    staffAddresses: confirmed(
      'Hai hộp thư nhân viên đã xác minh',
      'Cloudflare → Email Routing → Destination addresses: cả hai địa chỉ đã bấm xác nhận.',
    ),
    dispatchAgreement: confirmed(
      'Thỏa thuận với bộ phận điều phối',
      'Bên nhận phiếu việc cam kết dùng đúng mục đích, giữ kín, xóa theo lệnh và giữ dữ liệu ở Việt Nam như chính sách ghi; ở nơi khác thì sửa shared/privacy/register.ts rồi công bố lại.',
    ),
    transferDossier: confirmed(
      'Hồ sơ chuyển dữ liệu ra nước ngoài',
      'Nộp trong 60 ngày từ khi bắt đầu; bản thảo: npm run dossier.',
    ),
    moitNotice: confirmed(
      'Thông báo trang với Bộ Công Thương',
      'Làm trên cổng quản lý hoạt động thương mại điện tử; xong thì ghi địa chỉ dấu vào company.json.',
    ),
    vat: confirmed(
      'Thuế trong giá',
      'Mỗi dòng giá và mỗi báo giá nói đã gồm thuế hay chưa; dòng giá ghi ở mục includes.',
    ),
    ownMaterial: confirmed(
      'Ảnh, phim, khách hàng, giải thưởng, số năm làm nghề',
      'Có thì đưa ảnh vào content/photos, phim vào content/video, điều khác vào content/about.mdx khi có giấy tờ chứng minh; không có thì thôi.',
    ),
    oldAddresses: confirmed(
      'Địa chỉ của trang cũ',
      'Lấy danh sách địa chỉ cũ (sơ đồ trang cũ, Google Search Console), ghi vào public/_redirects trang mới thay cho từng địa chỉ.',
    ),
    backupDrill: confirmed(
      'Đã thử khôi phục bản sao lưu',
      'Làm theo mục "Sao lưu" và "Khôi phục" trong docs/van-hanh.md.',
    ),
  },
  'confirmed có mục lạ: so với content/schemas/launch.json.',
);

/** `content/launch.json`: where the text is kept, and what the owner has confirmed. */
export const LaunchSchema = v.strictObject(
  {
    repository: v.optional(
      v.pipe(
        v.string('Ghi tên kho trên GitHub, ví dụ "ten-chu/ten-kho", chưa có thì để "".'),
        v.regex(
          /^(?:[\w.-]+\/[\w.-]+)?$/,
          'Ghi tên kho trên GitHub, ví dụ "ten-chu/ten-kho", chưa có thì để "".',
        ),
        v.metadata({
          title: 'Kho trên GitHub',
          description:
            'Trang /admin/ lưu bài vào đây; bỏ trống thì chỉ sửa được trong thư mục trên máy.',
        }),
      ),
      '',
    ),
    branch: v.optional(
      v.pipe(
        v.string('Ghi tên nhánh, thường là "main".'),
        v.nonEmpty('Ghi tên nhánh, thường là "main".'),
        v.metadata({ title: 'Nhánh', description: 'Thường là main.' }),
      ),
      'main',
    ),
    confirmed: v.pipe(
      ConfirmedSchema,
      v.metadata({ title: 'Đã xác nhận', description: 'Ngày chủ công ty xác nhận từng điều.' }),
    ),
  },
  'launch.json chỉ gồm repository, branch và confirmed.',
);

export type Launch = v.InferOutput<typeof LaunchSchema>;
