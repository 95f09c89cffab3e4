/** What editors call the facts files. */
export const factsLabels: Readonly<Record<string, string>> = {
  company: 'Công ty: số máy, địa chỉ, Zalo',
  services: 'Dịch vụ và giá',
  pages: 'Lời riêng của từng trang',
  areas: 'Nơi phục vụ',
  booking: 'Đặt lịch: khung giờ, ngày nghỉ',
  topics: 'Chủ đề bài viết',
  holidays: 'Ngày lễ',
  launch: 'Trước khi lên mạng',
};
