/** Every way in which a value could lie in a file, one character a byte: UTF-8 in both normal forms, JSON, hex, base64 at each alignment. */
export function encodingsOf(value: string): string[] {
  const bytes = [value.normalize('NFC'), value.normalize('NFD')].map(toByteString);
  const escaped = JSON.stringify(value.normalize('NFC')).replace(/[^\0-~]/g, toUnicodeEscape);
  return [escaped.slice(1, -1), ...bytes.flatMap(encodingsOfBytes)];
}

/** Every way in which bytes, one character each, could lie in a file: as they are, in hex, in base64 at each alignment. */
export function encodingsOfBytes(bytes: string): string[] {
  const hex = toHex(bytes);
  return [bytes, hex, hex.toUpperCase(), ...base64Cores(bytes)];
}

/** A text's UTF-8 bytes, one character a byte. */
export function toByteString(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

function toHex(bytes: string): string {
  return Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

function toUnicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The middle of a value's base64 that is the same whatever stands before and after it. */
function base64Cores(bytes: string): string[] {
  return [0, 1, 2].map((shift) => {
    const whole = bytes.slice((3 - shift) % 3);
    return btoa(whole.slice(0, whole.length - (whole.length % 3)));
  });
}
