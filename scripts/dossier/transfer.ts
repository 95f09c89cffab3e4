import type { company as Company } from '../../shared/content/catalogue.ts';
import { consentWordings } from '../../shared/forms/consent.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';
import { currentPrivacyPolicy, PRIVACY_POLICY } from '../../shared/privacy/policies.ts';
import { retention } from '../../shared/privacy/register.ts';
import { formatPeriod } from '../../shared/privacy/retention.ts';
import { formatShortDate } from '../../shared/time.ts';
import type { WranglerConfig } from '../tools/wrangler-config.ts';
import { factOr, list, ownerFills } from './markdown.ts';
import {
  abroadRecipients,
  agreementTable,
  allLabels,
  deadlineTable,
  recipientTable,
  retentionTable,
} from './register-tables.ts';

/** The draft of the file on the transfer of personal data abroad. */
export function writeTransferFile(company: typeof Company, config: WranglerConfig): string {
  return [
    '## Phần A. Hồ sơ đánh giá tác động chuyển dữ liệu cá nhân ra nước ngoài',
    'Nộp cho cơ quan chuyên trách bảo vệ dữ liệu cá nhân trong 60 ngày kể từ ngày bắt đầu chuyển. Cập nhật khi bên nhận, mục dữ liệu hoặc mục đích thay đổi.',
    `### A1. Bên chuyển dữ liệu\n\n${sender(company)}`,
    `### A2. Bên nhận ở nước ngoài\n\n${recipientTable(abroadRecipients())}\n\nHộp thư của văn phòng: ${ownerFills('nhà cung cấp hộp thư và nơi đặt máy chủ; ở nước ngoài thì thêm vào bảng này')}`,
    `### A3. Mục đích và mục dữ liệu\n\nNhận yêu cầu, đến làm dịch vụ, trả lời tin nhắn. Các mục: ${allLabels()}. Không có dữ liệu cá nhân nhạy cảm: không hỏi vị trí, ngày sinh, số căn cước, ảnh giấy tờ, và không theo dõi hành vi.`,
    `### A4. Số người có dữ liệu\n\n${ownerFills('ước tính số khách một năm; số đang giữ xem ở trang /minh-bach/')}`,
    `### A5. Sự đồng ý\n\n${consent()}`,
    `### A6. Thời hạn lưu\n\n${retentionTable()}`,
    `### A7. Nơi lưu và đường đi\n\n${resources(config)}`,
    `### A8. Biện pháp bảo vệ\n\n${measures(config)}`,
    `### A9. Quyền của người có dữ liệu\n\n${deadlineTable()}`,
    `### A10. Rủi ro và cách giảm\n\n${risks()}\n\n${ownerFills('ý kiến đánh giá của công ty về các rủi ro trên')}`,
    `### A11. Thỏa thuận với từng bên nhận\n\n${agreementTable()}`,
    `### A12. Ngày và chữ ký\n\n- Ngày bắt đầu chuyển: ${ownerFills('ngày trang lên mạng')}\n- Ngày nộp và mã hồ sơ: ${ownerFills('sau khi nộp')}\n- Người ký: ${ownerFills('họ tên, chức danh')}`,
  ].join('\n\n');
}

function sender(company: typeof Company): string {
  const { street, locality, region } = company.address;
  const { form, businessCode, businessCodeDate, representative } = company.legal;
  const place = [street, locality, region].filter((part) => part !== '').join(', ');
  return list([
    `Tên trên trang: ${company.name}`,
    `Loại hình và tên pháp lý: ${factOr(form, 'tên đúng như giấy đăng ký')}`,
    `Mã số: ${factOr(businessCode, 'mã số doanh nghiệp hoặc hộ kinh doanh')}, ngày cấp: ${factOr(businessCodeDate, 'ngày cấp')}`,
    `Người đại diện: ${factOr(representative, 'họ tên, chức danh')}`,
    `Địa chỉ: ${place}${street === '' ? `; ${ownerFills('số nhà, đường')}` : ''}`,
    `Điện thoại: ${formatPhone(toE164(company.hotline))}; thư điện tử: ${factOr(company.email, 'địa chỉ thư của công ty')}`,
    `Người phụ trách bảo vệ dữ liệu: ${ownerFills('họ tên, điện thoại, thư; quyết định phân công')}`,
  ]);
}

function consent(): string {
  const policy = currentPrivacyPolicy();
  const version =
    policy === undefined
      ? ownerFills('công bố chính sách trước: npm run policy -- publish')
      : `bản ${policy.version}, ngày ${formatShortDate(policy.date)}, SHA-256 ${policy.sha256}`;
  return list([
    ...Object.values(consentWordings).map(({ id, text }) => `Câu cạnh ô (${id}): "${text}"`),
    `Chính sách /chinh-sach/${PRIVACY_POLICY}/: ${version}`,
    'Mỗi lần đồng ý có một xác nhận: mục đích, câu, bản chính sách, thời điểm; không có thông tin cá nhân.',
    'Quảng cáo: không gửi.',
  ]);
}

function resources(config: WranglerConfig): string {
  const {
    DISPATCH_URL: dispatch,
    STAFF_ADDRESS: staff,
    STAFF_SECOND_ADDRESS: second,
  } = config.vars;
  return list([
    `Worker ${config.name} của Cloudflare, trang ${factOr(config.vars['PUBLIC_ORIGIN'], 'địa chỉ trang')}`,
    ...config.d1_databases.map(
      ({ binding, database_name: name, database_id: id }) =>
        `Cơ sở dữ liệu D1 ${binding} (${name ?? ''}), mã ${factOr(id, 'database_id trong wrangler.toml')}, vùng ${ownerFills('vùng đã chọn lúc tạo')}`,
    ),
    ...config.kv_namespaces.map(
      ({ binding, id }) => `Kho khóa KV ${binding}, mã ${factOr(id, 'id trong wrangler.toml')}`,
    ),
    ...config.queues.producers.map(({ queue }) => `Hàng đợi ${queue}: chỉ có mã lượt gửi`),
    ...config.send_email.map(({ name }) => `Dịch vụ thư ${name}`),
    `Phiếu việc gửi tới DISPATCH_URL: ${factOr(dispatch, 'địa chỉ nhận phiếu việc')}`,
    `Thư báo gửi tới STAFF_ADDRESS: ${factOr(staff, 'hộp thư của văn phòng')}; STAFF_SECOND_ADDRESS: ${factOr(second, 'hộp thư thứ hai')}`,
  ]);
}

function measures({ observability, secrets }: WranglerConfig): string {
  const isQuiet =
    observability?.logs?.invocation_logs === false && observability.traces?.enabled === false;
  return list([
    'Mỗi hồ sơ niêm kín bằng AES-256-GCM với khóa riêng; khóa được mã hóa và cất ở KV, tự mất vào ngày hết hạn lưu.',
    `Khóa của hệ thống giữ dưới dạng bí mật, không nằm trong mã nguồn: ${(secrets?.required ?? []).join(', ')}.`,
    'Đường truyền HTTPS; phiếu việc có chữ ký; chỉ gửi tới địa chỉ https.',
    isQuiet
      ? 'Nhật ký lượt gọi và dấu vết của nền tảng đã tắt, vì chúng ghi đường dẫn của khách.'
      : `Nhật ký lượt gọi của nền tảng đang bật: ${ownerFills('tắt trong wrangler.toml, hoặc nói vì sao cần')}`,
    'Nhân viên mở chi tiết phải chọn và bấm; mỗi lần mở có một dòng trong nhật ký chia sẻ.',
    'Xóa theo yêu cầu hủy khóa ngay; bản sao cũ của cơ sở dữ liệu cũng không đọc được.',
    `Dấu vết để nhận ra việc gửi trùng làm từ phần dư của số điện thoại mà hàng chục nghìn số có chung, có khóa, xóa sau ${formatPeriod(retention.phoneHash.period)} và không có trong bản sao công ty cất; Time Travel của Cloudflare còn giữ nó 30 ngày.`,
  ]);
}

function risks(): string {
  return list([
    'Người lạ có đường dẫn của đơn: đường dẫn không đoán được, có hạn; mã và bốn số cuối chỉ được thử sai 5 lần một giờ.',
    'Lộ cơ sở dữ liệu: không có khóa thì chỉ còn mã, dịch vụ, khối lượng, loại tin, phường xã, ngày và khung giờ, trạng thái, nhật ký.',
    'Lộ khóa của hệ thống: thay khóa theo docs/su-co-du-lieu.md; cần cả KV mới mở được.',
    'Bên nhận dùng sai mục đích: chỉ gửi mục cần cho việc; có lệnh xóa và nhật ký.',
    'Hộp thư văn phòng bị chiếm: thư báo chỉ có số điện thoại che bớt theo cài đặt giao kèm.',
  ]);
}
