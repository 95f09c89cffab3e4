/** What dispatch receives of a job apart from the personal fields, by key, with its Vietnamese name. */
export const jobFields = {
  code: 'mã đơn',
  version: 'số thứ tự của lần đổi',
  visit: 'để làm hay để xem',
  services: 'dịch vụ, khối lượng, câu trả lời về dịch vụ',
  date: 'ngày làm',
  window: 'khung giờ',
  plan: 'mã lịch định kỳ',
  crewNote: 'lời dặn cho đội',
} as const;

/** The keys of the address that dispatch receives. */
export const addressParts = ['line', 'ward', 'wardCode', 'province'] as const;

/** Hosts that pages or mails name. Nothing of a visitor goes there unless they follow the link. */
export const namedHosts = {
  'schema.org': 'tên từ vựng trong dữ liệu cấu trúc, không gọi tới',
  'www.w3.org': 'tên định dạng SVG và XML, không gọi tới',
  'www.sitemaps.org': 'tên định dạng sơ đồ trang, không gọi tới',
  'www.google.com': 'đường dẫn tới bản đồ, chỉ mở khi người xem bấm',
  'www.youtube.com': 'đường dẫn tới phim, chỉ mở khi người xem bấm',
  'zalo.me': 'đường dẫn tới Zalo, chỉ mở khi người xem bấm',
} as const;
