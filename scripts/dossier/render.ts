import { bookingRules, type company as Company } from '../../shared/content/catalogue.ts';
import {
  addressParts,
  jobFields,
  keyStore,
  queueMessage,
} from '../../shared/privacy/register-storage.ts';
import { type RecipientName, recipients } from '../../shared/privacy/register.ts';
import type { WranglerConfig } from '../tools/wrangler-config.ts';
import { list, OWNER_MARK, ownerFills } from './markdown.ts';
import {
  deadlineTable,
  fieldTable,
  hostTable,
  mailLines,
  recipientTable,
  retentionTable,
  storageTable,
} from './register-tables.ts';
import { writeTransferFile } from './transfer.ts';

/** The dossier: the transfer file and the record of processing, drafted from the register and wrangler.toml, as Markdown. */
export function renderDossier(company: typeof Company, config: WranglerConfig): string {
  const parts = [writeTransferFile(company, config), writeRecord()];
  const body = parts.join('\n\n');
  const open = body.split(OWNER_MARK).length - 1;
  const intro = [
    `# Hồ sơ dữ liệu cá nhân của ${company.name} (bản thảo)`,
    'Bản thảo do lệnh npm run dossier viết từ sổ đăng ký (shared/privacy/register.ts) và wrangler.toml. Phần mềm nói nó làm gì; công ty và người tư vấn pháp luật quyết định hồ sơ đã đủ hay chưa.',
    `Còn ${open} chỗ chỉ chủ công ty điền được, tìm bằng chữ "CHỦ CÔNG TY ĐIỀN".`,
  ];
  return `${[...intro, body].join('\n\n')}\n`;
}

function writeRecord(): string {
  const work = Object.values(jobFields).join(', ');
  return [
    '## Phần B. Bản ghi hoạt động xử lý dữ liệu cá nhân',
    `### B1. Từng mục\n\n${fieldTable()}`,
    `### B2. Ai nhận\n\n${recipientTable(Object.keys(recipients) as RecipientName[])}`,
    list([
      `Phiếu việc còn có: ${work}. Địa chỉ gồm ${addressParts.join(', ')}.`,
      ...mailLines(bookingRules.staffEmail),
    ]),
    `### B3. Giữ bao lâu\n\n${retentionTable()}`,
    `### B4. Nơi lưu\n\n${storageTable()}\n\n- Kho khóa: ${keyStore}.\n- Hàng đợi: ${queueMessage}.`,
    `### B5. Máy chủ có tên trên trang\n\n${hostTable()}`,
    `### B6. Hạn của các yêu cầu\n\n${deadlineTable()}`,
    `### B7. Người lập\n\n${ownerFills('họ tên, chức danh, ngày lập, ngày xem lại gần đây')}`,
  ].join('\n\n');
}
