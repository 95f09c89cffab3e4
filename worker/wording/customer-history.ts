import { formatInstant } from '../../shared/time.ts';
import type { RecordEvent } from '../store/events.ts';

/** Lines of the history that a customer's page shows, the newest ones. */
const LINES = 8;

/** What happened, by who did it, as the customer reads it. What is not named is not shown, such as that a request was kept aside. */
const eventNames: Readonly<Record<string, Readonly<Partial<Record<string, string>>>>> = {
  submit: { customer: 'Anh/chị gửi yêu cầu lúc', staff: 'Nhân viên ghi yêu cầu lúc' },
  reschedule: { customer: 'Anh/chị đổi giờ lúc', staff: 'Nhân viên đổi giờ lúc' },
  correct: { customer: 'Anh/chị sửa thông tin lúc', staff: 'Nhân viên sửa thông tin lúc' },
  plan: { system: 'Xếp theo lịch định kỳ lúc' },
  confirm: { staff: 'Nhân viên xác nhận lúc' },
  decline: { staff: 'Nhân viên báo chưa nhận làm được lúc' },
  cancel: {
    customer: 'Anh/chị hủy lúc',
    staff: 'Nhân viên hủy theo yêu cầu của anh/chị lúc',
    company: 'Công ty hủy lúc',
    system: 'Bỏ vì lịch định kỳ đổi, nghỉ hoặc dừng lúc',
  },
  undoCancel: { staff: 'Nhân viên rút lại việc hủy lúc' },
  onTheWay: { crew: 'Đội báo đang đến lúc' },
  atWork: { crew: 'Đội báo đang làm lúc' },
  complete: { staff: 'Nhân viên ghi đã làm xong lúc', crew: 'Đội báo đã làm xong lúc' },
  noShow: {
    staff: 'Nhân viên ghi không gặp anh/chị lúc',
    crew: 'Đội báo không gặp anh/chị lúc',
  },
  undoResult: { staff: 'Nhân viên sửa lại kết quả lúc' },
  price: { staff: 'Nhân viên báo giá lúc' },
  agree: { customer: 'Anh/chị đồng ý giá lúc', staff: 'Nhân viên ghi anh/chị đồng ý giá lúc' },
  pay: { staff: 'Nhân viên ghi đã nhận tiền lúc' },
  undoPay: { staff: 'Nhân viên bỏ một lần ghi tiền lúc' },
  rate: { customer: 'Anh/chị đánh giá lúc' },
};

/** The events of a record as its customer reads them, newest first. */
export function historyLines(events: readonly RecordEvent[]): string[] {
  return events
    .flatMap((event) => {
      const words = eventNames[event.type]?.[event.actor];
      return words === undefined ? [] : [`${words} ${formatInstant(event.at)}`];
    })
    .slice(-LINES)
    .toReversed();
}
