import { type Areas, haveFormerNames } from '../../shared/content/areas.ts';
import type { BookingRules } from '../../shared/content/booking-rules.ts';
import type { Service } from '../../shared/content/services.ts';
import { formatSpan, formatTime, weekdayNames, weekdays, type Weekday } from '../../shared/time.ts';

/** A question of visitors with its answer, and the page on which the answer rests. */
export interface Answer {
  question: string;
  answer: string;
  page: string;
}

interface Facts {
  rules: Pick<
    BookingRules,
    'horizonDays' | 'leadHours' | 'noticeHours' | 'week' | 'windows' | 'workingHours'
  >;
  services: readonly Pick<Service, 'name' | 'prices'>[];
  areas: Pick<Areas, 'province' | 'wards'>;
}

/** What visitors ask that the facts answer by themselves: whatever the owner changes there is right here. */
export function answerFromFacts({ rules, services, areas }: Facts): Answer[] {
  const { windows, week, workingHours } = rules;
  const open = weekdays.filter((day) => week[day].length > 0);
  const closed = weekdays.filter((day) => week[day].length === 0);
  const latest = windows.toSorted((a, b) => a.from.localeCompare(b.from)).at(-1);
  const groups = [...new Set(areas.wards.map(({ area }) => area))];
  return [
    { question: 'Giá bao nhiêu?', answer: sayPrices(services), page: '/bang-gia/' },
    {
      question: 'Có làm Chủ Nhật và buổi tối không?',
      answer: [
        `Đội đến được ${listDays(open)}.`,
        closed.length > 0 && `Trang không nhận lịch ${listDays(closed)}.`,
        latest && `Khung giờ đến muộn nhất là ${formatSpan(latest)}.`,
        'Cần giờ khác, anh/chị gọi để hỏi.',
      ]
        .filter(Boolean)
        .join(' '),
      page: '/dat-lich/',
    },
    {
      question: 'Phải đặt trước bao lâu?',
      answer: `Ít nhất ${rules.leadHours} tiếng và nhiều nhất ${rules.horizonDays} ngày. Trang đặt lịch không hiện ngày nghỉ; khung giờ đã kín thì không chọn được.`,
      page: '/dat-lich/',
    },
    {
      question: 'Gửi yêu cầu xong thì bao giờ có người gọi lại?',
      answer: `Nhân viên gọi lại trong giờ làm việc, ${listDays(workingHours.days)}, ${formatTime(workingHours.from)}–${formatTime(workingHours.to)}, trừ ngày lễ và ngày nghỉ. Gửi yêu cầu chưa phải là lịch hẹn; lịch chốt khi nhân viên xác nhận.`,
      page: '/dat-lich/',
    },
    {
      question: 'Hủy hoặc đổi giờ thế nào?',
      answer: `Anh/chị tự hủy hoặc đổi giờ trên trang đơn, chậm nhất ${rules.noticeHours} tiếng trước khung giờ đã chọn. Sau lúc đó, xin anh/chị gọi điện.`,
      page: '/don/',
    },
    {
      question: 'Có đến chỗ tôi không?',
      answer: [
        `Chúng tôi đến ${areas.wards.length} phường, xã của tỉnh ${areas.province.name}: ${groups.join(', ')}.`,
        haveFormerNames(areas.wards) && 'Trang đặt lịch tìm được cả tên phường, xã cũ.',
        'Ở ngoài danh sách, xin anh/chị gọi để hỏi.',
      ]
        .filter(Boolean)
        .join(' '),
      page: '/dat-lich/',
    },
  ];
}

function sayPrices(services: Facts['services']): string {
  const priced = services.filter(({ prices }) => prices.length > 0).map(({ name }) => name);
  const rest =
    'được báo giá riêng sau khi hỏi diện tích, vật liệu, mức bẩn, hoặc sau khi đến xem. Anh/chị đồng ý giá rồi đội mới làm.';
  if (priced.length === 0) return `Dịch vụ ${rest}`;
  const listed = `Giá có sẵn của ${priced.join(', ')} ở trang giá.`;
  return priced.length === services.length ? listed : `${listed} Dịch vụ khác ${rest}`;
}

/** "từ thứ Hai đến thứ Bảy" for days that follow each other, else their names. */
function listDays(days: readonly Weekday[]): string {
  const names = days.map((day) => weekdayNames[day].replace('Thứ', 'thứ'));
  const [first, last] = [days.at(0), days.at(-1)];
  if (first === undefined || last === undefined) return '';
  const follows = weekdays.indexOf(last) - weekdays.indexOf(first) === days.length - 1;
  return follows && days.length > 2 ? `từ ${names.at(0)} đến ${names.at(-1)}` : names.join(', ');
}
