import type { Channel, DeliveryKind } from '../../store/deliveries.ts';
import type { Undelivered } from '../../store/undelivered.ts';

const channelNames: Readonly<Record<Channel, string>> = {
  dispatch: 'bộ phận điều phối',
  'staff-email': 'thư cho nhân viên',
  'customer-email': 'thư cho khách',
  'staff-push': 'báo trên điện thoại nhân viên',
  letter: 'bản tin',
};

const kindNames: Readonly<Record<DeliveryKind, string>> = {
  'job.requested': 'phiếu việc mới',
  'job.confirmed': 'phiếu đã xác nhận',
  'job.rescheduled': 'phiếu đổi giờ',
  'job.updated': 'phiếu sửa thông tin',
  'job.completed': 'phiếu đã làm xong',
  'job.cancelled': 'phiếu hủy',
  'job.erased': 'lệnh xóa',
  'booking.requested': 'yêu cầu mới',
  'booking.received': 'đã nhận yêu cầu',
  'booking.confirmed': 'đã xác nhận',
  'booking.changed': 'đã đổi',
  'booking.cancelled': 'đã hủy',
  'booking.photos': 'có ảnh mới',
  'booking.reminder': 'nhắc lịch',
  'plan.open-dates': 'cần chọn giờ khác',
  'message.received': 'tin nhắn mới',
  'message.photos': 'tin nhắn có ảnh mới',
  digest: 'tổng kết ngày',
  nudge: 'nhắc việc chờ lâu',
  held: 'việc để riêng',
  'hour-list': 'gộp việc trong giờ',
  'second-address': 'nhắc đến hộp thư thứ hai',
  'staff-link': 'đường dẫn lịch tuần',
  'owner-link': 'đường dẫn số liệu cho chủ',
  results: 'hỏi kết quả việc đã qua',
  outage: 'báo kênh gửi đang lỗi',
  dead: 'báo lượt gửi không đến',
  'bank-account': 'báo tài khoản nhận tiền đổi',
  'letter.confirm': 'xác nhận nhận bản tin',
  'letter.issue': 'bản tin',
};

/** A channel as staff read of it. */
export function nameChannel(channel: Channel): string {
  return channelNames[channel];
}

/** A delivery's channel and kind as staff read of them; a kind that this version does not know stays as it is. */
export function nameDelivery({ channel, kind }: Pick<Undelivered, 'channel' | 'kind'>) {
  const kinds: Readonly<Record<string, string>> = kindNames;
  return { channelName: nameChannel(channel), kindName: kinds[kind] ?? kind };
}

/** A command about deliveries as a person can copy it: for the site that sent the mail, be it deployed or on this machine. */
export function deliveriesCommand({ PUBLIC_ORIGIN: origin }: Env, words: string): string {
  return `npm run deliveries -- ${words}${origin.startsWith('https:') ? ' --remote' : ''}`;
}
