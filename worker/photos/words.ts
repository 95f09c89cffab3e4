import { hotline } from '../../shared/content/catalogue.ts';
import { photoLimits } from '../../shared/photos.ts';

/** Why a file was not kept: the sentence that says how to mend it, and the status where no file of the post was kept. */
const faults = {
  empty: { status: 415, words: 'tệp trống, chưa có gì bên trong. Anh/chị chọn lại ảnh.' },
  notPicture: {
    status: 415,
    words: 'không phải ảnh JPEG, PNG hoặc WebP. Anh/chị chụp màn hình ảnh ấy rồi gửi ảnh chụp.',
  },
  heic: {
    status: 415,
    words:
      'ảnh ở dạng HEIC, trang chưa đọc được. Anh/chị gửi thẳng từ thư viện ảnh của điện thoại, hoặc lưu thành JPEG rồi gửi lại.',
  },
  animated: {
    status: 415,
    words: 'ảnh động, trang chỉ nhận ảnh tĩnh. Anh/chị chụp màn hình rồi gửi ảnh chụp.',
  },
  broken: {
    status: 415,
    words: 'ảnh bị hỏng hoặc thiếu một phần. Anh/chị mở thử ảnh, chụp lại nếu cần, rồi gửi lại.',
  },
  cut: {
    status: 400,
    words: 'ảnh chưa gửi hết thì đường truyền bị ngắt. Anh/chị gửi lại ảnh này.',
  },
  large: {
    status: 413,
    words: `tệp nặng hơn ${photoLimits.fileBytes / 1024 / 1024} MB. Anh/chị giảm cỡ ảnh rồi gửi lại.`,
  },
  pixels: {
    status: 422,
    words: `ảnh quá lớn: mỗi cạnh dài nhất ${photoLimits.side.toLocaleString('vi-VN')} điểm ảnh, cả ảnh nhiều nhất ${photoLimits.pixels / 1_000_000} triệu điểm. Anh/chị chụp màn hình rồi gửi ảnh chụp.`,
  },
  tooMany: {
    status: 422,
    words: `đã đủ ${photoLimits.count} ảnh. Muốn thay, anh/chị xóa bớt ảnh cũ rồi gửi lại.`,
  },
  day: {
    status: 429,
    words: `hôm nay trang đã nhận đủ số ảnh. Anh/chị gửi vào ngày mai, hoặc gọi ${hotline}.`,
  },
  unavailable: {
    status: 503,
    words: `trang chưa lưu được ảnh. Anh/chị gửi lại sau ít phút, hoặc gọi ${hotline}.`,
  },
} as const;

export type FileFault = keyof typeof faults;

/** A file of a post that was not kept; `index` counts the files of the post from 0. */
export interface FileError {
  index: number;
  fault: FileFault;
}

export function isFileFault(name: string): name is FileFault {
  return Object.hasOwn(faults, name);
}

/** "Ảnh thứ 2: tệp nặng hơn 10 MB. …" */
export function faultLine({ index, fault }: FileError): string {
  return `Ảnh thứ ${index + 1}: ${faults[fault].words}`;
}

/** The status of a post of which no file was kept: that of the fault a person can do the least about. */
export function faultStatus(errors: readonly FileError[]): 400 | 413 | 415 | 422 | 429 | 503 {
  const worst = [503, 429, 422, 413, 400] as const;
  return worst.find((status) => errors.some(({ fault }) => faults[fault].status === status)) ?? 415;
}

export const NO_FILE = 'Chưa có ảnh nào: anh/chị chọn ảnh rồi bấm gửi.';
export const NOT_NOW = `Ở đây hiện không nhận ảnh, nên ảnh vừa chọn chưa được gửi. Nếu cần gửi, anh/chị gọi ${hotline}.`;
export const GONE = 'Thông tin ở đây đã xóa hoặc hết hạn lưu nên không nhận ảnh được nữa.';
export const TOO_LARGE = `Một lần gửi nhiều nhất ${photoLimits.count} ảnh, cả thảy ${photoLimits.postBytes / 1024 / 1024} MB. Anh/chị gửi ít ảnh hơn mỗi lần.`;
export const SURE_FIRST = 'Chưa xóa ảnh nào: anh/chị đánh dấu vào ô chọn rồi bấm lại.';
