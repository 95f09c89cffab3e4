import * as v from 'valibot';
import { optionalDate as confirmed } from './rule-fields.ts';

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
      'Cloudflare → Email Sending: tên miền của SENDER_ADDRESS ở trạng thái hoạt động. Không bật Email Routing khi tên miền đang có hộp thư: hộp thư ấy sẽ ngừng nhận.',
    ),
    dmarc: confirmed(
      'Bản ghi _dmarc không chặn thư khác của công ty',
      'Cloudflare → DNS: bản ghi TXT _dmarc là p=none lúc đầu. Bật Email Sending có thể ghi p=reject: thư gửi từ nơi khác (kế toán, hóa đơn, hộp thư cũ) khi ấy bị từ chối.',
    ),
    staffAddresses: confirmed(
      'Hai hộp thư nhân viên đã xác minh',
      'Cloudflare → Email → Destination addresses: cả hai địa chỉ đã bấm xác nhận.',
    ),
    alwaysHttps: confirmed(
      'Always Use HTTPS đang bật',
      'Cloudflare → tên miền → SSL/TLS → Edge Certificates. Tắt thì khách mở trang bằng http gửi tên, số máy, địa chỉ mà không được mã hóa.',
    ),
    emailObfuscation: confirmed(
      'Email Address Obfuscation đang tắt',
      'Cloudflare → tên miền → Security → Settings. Bật thì địa chỉ email trên trang việc và trang "Dữ liệu của tôi" bị thay bằng chữ khác.',
    ),
    speedBrain: confirmed(
      'Speed Brain đang tắt',
      'Cloudflare → tên miền → Speed → Settings. Bật thì trang tải trước bị trả lời lỗi 503, trang mở chậm hơn.',
    ),
    webAnalytics: confirmed(
      'Web Analytics đang tắt',
      'Cloudflare → Web Analytics: không có tên miền này. Trang không dùng mã của bên thứ ba; bật thì trình duyệt chặn mã ấy và báo lỗi.',
    ),
    wwwRedirect: confirmed(
      'Địa chỉ có www chuyển về địa chỉ chính',
      'Cloudflare → tên miền → Rules → Redirect Rules. Thiếu thì người gõ www thấy trang cũ hoặc không thấy gì.',
    ),
    subdomainsHttps: confirmed(
      'Mọi tên miền con chạy https',
      'Chưa chắc thì bỏ qua: trang chỉ buộc https cho chính nó. Chắc rồi thì người lập trình thêm được includeSubDomains vào HSTS, và webmail, cpanel, www không mở bằng http được nữa trong hai năm.',
    ),
    dispatchAgreement: confirmed(
      'Thỏa thuận với bộ phận điều phối',
      'Bên nhận phiếu việc cam kết dùng đúng mục đích, giữ kín, xóa theo lệnh và giữ dữ liệu ở Việt Nam như chính sách ghi; ở nơi khác, hoặc là công ty khác có tên riêng, thì sửa shared/privacy/register.ts rồi công bố lại.',
    ),
    letters: confirmed(
      'Luật về thư quảng cáo',
      'Hỏi người tư vấn luật theo quy định đang có hiệu lực: nhãn [QC] trước tiêu đề, lời từ chối, tên và địa chỉ ở chân thư, số thư một ngày, có phải đăng ký hay báo ai không. Bản mới của chính sách bảo mật có mục bản tin.',
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
    serviceLists: confirmed(
      'Danh sách gồm, chưa gồm của từng dịch vụ',
      'Đọc included, excluded, steps và duration của từng tệp trong content/services: bỏ phần công ty không làm, không có người, máy hoặc thẻ an toàn để làm. Ghi số người, số giờ thật khi có.',
    ),
    whoComes: confirmed(
      'Ai đến nhà khách và gọi từ số nào',
      'Trang hỏi đáp và quy trình nói đội đến đúng khung giờ, người phụ trách gọi trước khi đến và xem lại cùng khách. Tên người hỗ trợ hiện như trong content/company.json.',
    ),
    cancelTerms: confirmed(
      'Hủy sau hạn có mất tiền không, hoàn tiền trong mấy ngày',
      'Trang hủy và hoàn tiền nói khách chỉ trả khoản đã ghi trong báo giá, và ngày hoàn được nói khi đối chiếu: có mức cố định thì ghi số vào content/policies/huy-va-hoan-tien.mdx.',
    ),
    warrantyDays: confirmed(
      'Báo chỗ chưa đạt trong mấy ngày, phần nào có bảo hành',
      'Trang bảo hành nói "báo ngay khi thấy" và theo báo giá: có số ngày thì ghi vào content/policies/bao-hanh.mdx.',
    ),
    invoice: confirmed(
      'Hóa đơn',
      'Trang thanh toán nói "lập hóa đơn theo quy định", biên nhận trên trang đơn không phải hóa đơn: kế toán xem có đúng với loại thuế của công ty không.',
    ),
    english: confirmed(
      'Trả lời được bằng tiếng Anh',
      'Trang content/en.mdx hứa trả lời bằng tiếng Anh: không có người đọc và viết được thì xóa tệp ấy, trang và đường dẫn sẽ mất. Có thì đọc lại lời văn.',
    ),
    mailbox: confirmed(
      'Nhà cung cấp hộp thư của văn phòng và nước đặt máy chủ',
      'Chính sách bảo mật ghi nơi nhận thư của văn phòng: hộp thư ở nước ngoài (ví dụ Gmail) thì sửa shared/privacy/register.ts rồi công bố lại.',
    ),
    retentionSize: confirmed(
      'Thời hạn lưu theo quy mô doanh nghiệp',
      'Hỏi người tư vấn luật: giữ đơn đã làm xong 12 tháng có đủ không, rút đồng ý có phải xóa ngay không, ghi đồng ý qua điện thoại bằng cách nào.',
    ),
    ownMaterial: confirmed(
      'Ảnh, phim, khách hàng, giải thưởng, số năm làm nghề',
      'Có thì đưa ảnh vào content/photos, phim vào content/video, điều khác vào content/about.mdx khi có giấy tờ chứng minh; không có thì thôi.',
    ),
    oldAddresses: confirmed(
      'Địa chỉ của trang cũ',
      'Lấy danh sách địa chỉ cũ (sơ đồ trang cũ, Google Search Console), ghi vào content/_redirects trang mới thay cho từng địa chỉ.',
    ),
    backupDrill: confirmed(
      'Đã thử khôi phục bản sao lưu',
      'Làm theo mục "Sao lưu" và "Khôi phục" trong docs/van-hanh.md.',
    ),
  },
  'confirmed có mục lạ: so với content/schemas/launch.json.',
);

/** Which policy says what is confirmed: asked only of a company that has such a page. */
export const policyOf: Readonly<Partial<Record<keyof Launch['confirmed'], string>>> = {
  reworkFree: 'bao-hanh',
  refundUndone: 'huy-va-hoan-tien',
  quotedPriceHolds: 'gia-dich-vu',
  payment: 'thanh-toan',
  cancelTerms: 'huy-va-hoan-tien',
  warrantyDays: 'bao-hanh',
  invoice: 'thanh-toan',
};

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
