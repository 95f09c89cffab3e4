import type { RecipientName } from './register.ts';

/**
 * Pictures that the sender adds after sending, and those of staff before and after the work. They are no field of a form, are
 * never needed, and reach neither dispatch nor a mail; they are kept as long as their record, whose key alone opens them.
 */
export const photoData = {
  label: 'Ảnh',
  purpose:
    'để báo giá sát hơn, chuẩn bị dụng cụ, và để hai bên cùng thấy việc trước và sau khi làm',
  basis: 'sự đồng ý của người gửi, khi tự gửi ảnh; riêng khiếu nại là nghĩa vụ trả lời người gửi',
  storage:
    'mã hóa trong R2 bằng khóa của đơn hoặc tin nhắn; vị trí chụp và thông tin máy ảnh bị bỏ trước khi lưu',
  retention: 'như đơn hoặc tin nhắn; người gửi xóa từng ảnh lúc nào cũng được',
  recipients: ['cloudflare', 'office'],
} as const satisfies { recipients: readonly RecipientName[] } & Readonly<Record<string, unknown>>;
