/**
 * Phones of staff that are told by push. Nothing of a customer goes to them: the text is encrypted to the phone (RFC 8291) and
 * names code, kind, service, ward, day and window only. What is kept of a phone is about staff, so no policy for customers has it.
 */
export const staffPhones = {
  period: { days: 60 },
  since: 'lần cuối mở trang lịch tuần trên máy ấy',
  what: 'Điện thoại nhân viên được báo việc: tên máy do nhân viên đặt, địa chỉ và khóa ở dịch vụ báo của trình duyệt, mã hóa',
  /** Who passes the push on, encrypted; the variable of wrangler.toml names their hosts. */
  services:
    'Dịch vụ báo của trình duyệt (Google, Mozilla, Apple, Microsoft; ngoài Việt Nam), chuyển lời báo đã mã hóa từ đầu đến cuối',
  hosts: ['PUSH_HOSTS'],
} as const;
