/** What no form of the site asks for and a person or staff write about a job all the same; part of `personalFields`. */
export const writtenFields = {
  covers: {
    label: 'Giá gồm những gì',
    purpose: 'để hai bên cùng nhớ giá đã chốt cho phần việc nào',
    basis: {},
    forms: [],
    needed: {},
    storage: 'sealed',
    recipients: ['cloudflare', 'office'],
    staffEmail: [],
    written: {
      by: 'nhân viên, trên trang việc',
      basis: 'việc thực hiện điều hai bên đã thỏa thuận',
    },
    companions: ['agreedCovers'],
  },
  ratingWords: {
    label: 'Lời đánh giá',
    purpose: 'để biết lần làm ấy chỗ nào được, chỗ nào chưa',
    basis: {},
    forms: [],
    needed: {},
    storage: 'sealed',
    recipients: ['cloudflare', 'office'],
    staffEmail: [],
    written: { by: 'khách, trên trang đơn, nếu muốn', basis: 'sự đồng ý của người gửi' },
  },
} as const;
