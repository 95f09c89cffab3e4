/** What the first bytes of a picture say of it. Width and height are those before it is turned. */
export interface PictureHeader {
  format: 'jpeg' | 'png' | 'webp';
  width: number;
  height: number;
  isAnimated: boolean;
}

/** A file that is no picture we take: by what it is, as far as its first bytes say. `broken`: it ends within its header. */
export type ForeignFormat = 'empty' | 'heic' | 'animated' | 'broken' | 'notPicture';

/** Chunks of a file that are looked at before it counts as none. */
const CHUNKS_MAX = 4_096;

/** Reads format and size of a picture from its header, whatever its name says, without decoding it. */
export function readPictureHeader(bytes: Uint8Array): PictureHeader | ForeignFormat {
  if (bytes.length === 0) return 'empty';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(view);
    if (textAt(view, 1, 3) === 'PNG' && bytes[0] === 0x89) return readPng(view);
    if (textAt(view, 0, 4) === 'RIFF' && textAt(view, 8, 4) === 'WEBP') return readWebp(view);
    if (textAt(view, 0, 4) === 'GIF8') return 'animated';
    return textAt(view, 4, 4) === 'ftyp' ? 'heic' : 'notPicture';
  } catch (error) {
    // The header points behind the end of the file.
    if (error instanceof RangeError) return 'broken';
    throw error;
  }
}

/** https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.1 and B.2.2: segments until the one that begins a frame. */
function readJpeg(view: DataView): PictureHeader | ForeignFormat {
  let at = 2;
  for (let chunk = 0; chunk < CHUNKS_MAX; chunk += 1) {
    if (view.getUint8(at) !== 0xff) return 'notPicture';
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return still('jpeg', view.getUint16(at + 7), view.getUint16(at + 5));
    at += 2 + view.getUint16(at + 2);
  }
  return 'notPicture';
}

/** https://www.w3.org/TR/png-3/#11IHDR; `acTL` before the first `IDAT` makes it animated. */
function readPng(view: DataView): PictureHeader | ForeignFormat {
  if (textAt(view, 12, 4) !== 'IHDR') return 'notPicture';
  const header = still('png', view.getUint32(16), view.getUint32(20));
  let at = 8;
  for (let chunk = 0; chunk < CHUNKS_MAX; chunk += 1) {
    const name = textAt(view, at + 4, 4);
    if (name === 'IDAT') return header;
    if (name === 'acTL') return { ...header, isAnimated: true };
    at += 12 + view.getUint32(at);
  }
  return 'notPicture';
}

/** https://developers.google.com/speed/webp/docs/riff_container. */
function readWebp(view: DataView): PictureHeader | ForeignFormat {
  switch (textAt(view, 12, 4)) {
    case 'VP8 ':
      return still('webp', view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    case 'VP8L': {
      const sizes = view.getUint32(21, true);
      return still('webp', (sizes & 0x3fff) + 1, ((sizes >>> 14) & 0x3fff) + 1);
    }
    case 'VP8X': {
      const size = (at: number) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
      const isAnimated = (view.getUint8(20) & 0b10) !== 0;
      return { ...still('webp', size(24), size(27)), isAnimated };
    }
    default:
      return 'notPicture';
  }
}

function still(format: PictureHeader['format'], width: number, height: number): PictureHeader {
  return { format, width, height, isAnimated: false };
}

function textAt(view: DataView, at: number, length: number): string {
  if (at + length > view.byteLength) return '';
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));
}
