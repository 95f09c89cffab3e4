/**
 * The people of the journeys. Whatever personal they type holds one of these marks, so that a search for the marks finds
 * anything of anyone: a name, a line of an address, a note, a mail address, a number however it is written.
 */
const WORDS = 'Mốc Dấu';
const FOLDED = ['moc dau', 'moc-dau', 'moc.dau'];
const MOBILE = '0968 135 70';
const LANDLINE = '0238 3968 13';

/** What a search looks for. */
export const marks: readonly string[] = [
  WORDS,
  ...FOLDED,
  ...[MOBILE, LANDLINE].flatMap((number) => spell(number.slice(1))),
];

/** Whether what someone typed can be found again wherever it is left. */
export function isMarked(value: string): boolean {
  return marks.some((mark) => value.normalize('NFC').includes(mark));
}

/** Somebody who books or writes. */
export interface Someone {
  name: string;
  /** A mobile number as people write it. */
  phone: string;
  /** The same number as machines do. */
  e164: string;
  /** What the page that finds a request asks for. */
  lastFour: string;
  address: string;
  email: string;
  note: string;
  message: string;
}

/** Somebody of a journey, by a number from 0 to 9. */
export function someone(digit: number): Someone {
  const phone = `${MOBILE}${digit}`;
  return {
    name: `Nguyễn Thị ${WORDS} ${'ABCDEGHIKL'.charAt(digit)}`,
    phone,
    e164: `+84${phone.slice(1).replaceAll(' ', '')}`,
    lastFour: phone.replaceAll(' ', '').slice(-4),
    address: `${digit + 1} ngõ ${WORDS}, Lê Hồng Phong`,
    email: `moc.dau.${digit}@example.com`,
    note: `Dòng một ${WORDS}\nDòng hai`,
    message: `Rèm ${WORDS} bị co lại từ hôm qua.`,
  };
}

/** Somebody with quotes and brackets in the name and a number that is too short. */
export const clumsy = { ...someone(0), name: `Lê "${WORDS}" <b>`, phone: MOBILE };

/** Somebody with a landline, who calls. */
export const caller = { ...someone(9), phone: `${LANDLINE}5`, lastFour: '8135' };

/** A number's digits in the ways they are grouped. */
function spell(number: string): string[] {
  return ['', ' ', '.', '-'].map((between) => number.replaceAll(' ', between));
}
