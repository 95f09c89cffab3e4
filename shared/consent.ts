/** A wording that people agree to; a changed text gets a new id, since receipts name the id. */
export interface ConsentWording {
  id: string;
  text: string;
}

/** The words beside the box of each form. */
export const consentWordings = {
  booking: {
    id: 'booking-1',
    text: 'Tôi đồng ý để công ty dùng những thông tin trên để nhận, xác nhận và làm yêu cầu này, theo chính sách bảo mật.',
  },
  contact: {
    id: 'contact-1',
    text: 'Tôi đồng ý để công ty dùng những thông tin trên để trả lời tin nhắn này, theo chính sách bảo mật.',
  },
  phone: {
    id: 'phone-1',
    text: 'Khách gọi điện và đồng ý để công ty ghi lại thông tin để nhận và làm yêu cầu.',
  },
} as const satisfies Record<string, ConsentWording>;
