import type { BookingTransition } from '../states.ts';

/** Why the company does not take a request, as its sender reads it. */
export const declineReasons = {
  full: 'Ngày này chúng tôi kín lịch',
  area: 'Địa chỉ ngoài khu vực chúng tôi phục vụ',
  work: 'Dịch vụ này chúng tôi không nhận làm',
  unreachable: 'Chúng tôi gọi nhiều lần mà không liên lạc được',
  duplicate: 'Trùng với một yêu cầu khác của anh/chị, chúng tôi giữ yêu cầu kia',
  wish: 'Theo yêu cầu của anh/chị qua điện thoại',
} as const;

/** Why the company cancels a job, as its sender reads it. Where the customer asked for it by telephone there is no reason. */
export const cancelReasons = {
  crew: 'Đội gặp sự cố, không đến được',
  weather: 'Thời tiết xấu, không an toàn',
  scope: 'Công việc thực tế khác nhiều so với mô tả lúc đặt',
} as const;

/** Why a request about personal data takes longer, as its sender reads it. */
export const extensionReasons = {
  search: 'Cần thêm thời gian để tìm và đối chiếu đơn',
  others: 'Chờ trả lời của bên cùng giữ thông tin',
  settling: 'Đang giải quyết một khiếu nại liên quan',
} as const;

export function isExtensionReason(reason: string): boolean {
  return Object.hasOwn(extensionReasons, reason);
}

/** What a correction changed that staff have to know of, as they read it. */
export const correctionReasons = {
  phone: 'Đổi số điện thoại',
} as const;

export type CorrectionReason = keyof typeof correctionReasons;

/** Why a submission waits for a person, as staff read it. */
export const holdReasons = {
  honeypot: 'Có chữ trong ô mà người dùng không thấy',
  links: 'Ghi chú có nhiều đường dẫn',
  intent: 'Gửi thẳng, không qua biểu mẫu trên trang',
  swift: 'Gửi nhanh khác thường',
  phone: 'Số điện thoại hoặc email này đã gửi nhiều yêu cầu trong ngày',
  network: 'Nơi gửi này còn nhiều yêu cầu chưa trả lời trong ngày',
  busy: 'Trong một giờ có nhiều yêu cầu chưa trả lời',
  'set-aside': 'Nhân viên để riêng cùng loạt đơn',
} as const;

/** Whether a reason is one of the list for a transition. Only declines and cancellations by the company have a list. */
export function isReasonOf(transition: BookingTransition, reason: string): boolean {
  if (transition === 'decline') return Object.hasOwn(declineReasons, reason);
  return transition === 'cancel' && Object.hasOwn(cancelReasons, reason);
}

/** The words of a reason's id, or null where no list has it. */
export function reasonText(id: string | null): string | null {
  const lists: readonly Readonly<Record<string, string>>[] = [
    declineReasons,
    cancelReasons,
    extensionReasons,
    correctionReasons,
    holdReasons,
  ];
  const list = id === null ? undefined : lists.find((texts) => Object.hasOwn(texts, id));
  return list?.[id ?? ''] ?? null;
}
