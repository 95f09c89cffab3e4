/** What the made-up customer types, to be looked for on the pages. */
export const PERSON = {
  name: 'Hồ Thị Hết Hạn',
  address: '90 ngõ Giây Cuối',
  phone: '0912 345 678',
} as const;
/** What they write. */
export const MESSAGE = 'Rèm phòng khách giặt trong bao lâu thì khô?';

const VALUES = [...Object.values(PERSON), MESSAGE, '0912345678', '+84912345678'];
/** Words in which a page says that nothing is left to read. */
const CALM =
  /hết hạn lưu hoặc đã xóa, không còn đọc được|không còn nữa: đã xóa hoặc hết hạn lưu|đã hết hạn lưu|hết hạn lưu nên không|không tìm lại được/i;

/** Whether a text holds anything of the customer. */
export function showsPerson(text: string): boolean {
  return VALUES.some((value) => text.includes(value));
}

/** The words in which a text says that the details are gone, or nothing. */
export function findCalm(text: string): string {
  return CALM.exec(text)?.[0] ?? '';
}
