import { type NumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { tidyCode } from './text.ts';

/** A phone number that was read. */
export interface Phone {
  e164: string;
  /** The retired 11-digit number that was typed, for example 01234567890; null where nothing was translated. */
  translatedFrom: string | null;
}

/** Mobile prefixes of 11-digit numbers, retired in 2018, with the new ones; both without the leading 0. */
const retiredPrefixes: Readonly<Record<string, string>> = {
  120: '70',
  121: '79',
  122: '77',
  126: '76',
  128: '78',
  123: '83',
  124: '84',
  125: '85',
  127: '81',
  129: '82',
  162: '32',
  163: '33',
  164: '34',
  165: '35',
  166: '36',
  167: '37',
  168: '38',
  169: '39',
  186: '56',
  188: '58',
  199: '59',
};

/** Numbers of services: callers reach them, nobody can be called back there. */
const serviceTypes: readonly NumberType[] = ['TOLL_FREE', 'PREMIUM_RATE', 'SHARED_COST'];

/**
 * Reads a phone number in any written form (0901.234.567, +84…, 0084…, full-width digits, foreign with +).
 * Retired 11-digit numbers are translated. Null where no such number can exist or nobody can be called back on it.
 */
export function parsePhone(input: string): Phone | null {
  const text = tidyCode(input);
  if (/\p{L}/u.test(text) || text.length > 40) return null;
  const national = toVietnameseNational(text);
  const retired = national === null ? null : translateRetired(national);
  if (retired !== null) return retired;
  if (national !== null && /^55\d{7}$/.test(national))
    return { e164: `+84${national}`, translatedFrom: null };
  const parsed = parsePhoneNumberFromString(national === null ? text : `+84${national}`, 'VN');
  if (!parsed?.isValid() || serviceTypes.includes(parsed.getType())) return null;
  return { e164: parsed.number, translatedFrom: null };
}

/** Whether a number is one that `parsePhone` refuses since nobody can be called back on it: 1800, 1900, 113 and their like. */
export function isServiceNumber(input: string): boolean {
  const text = tidyCode(input);
  if (/\p{L}/u.test(text) || text.length > 40) return false;
  const national = toVietnameseNational(text) ?? text.replace(/\D/g, '');
  if (/^1(?:\d{2,3}|[89]00\d{4,6})$/.test(national)) return true;
  return serviceTypes.includes(parsePhoneNumberFromString(text, 'VN')?.getType());
}

/** Whether a number is a Vietnamese mobile; landlines begin with +842. */
export function isMobile(e164: string): boolean {
  return /^\+84[35789]\d{8}$/.test(e164);
}

/** "0901 234 567"; foreign numbers as their country writes them abroad. */
export function formatPhone(e164: string): string {
  if (isMobile(e164)) return toNationalDigits(e164).replace(/(\d{4})(\d{3})(\d{3})/, '$1 $2 $3');
  const parsed = parsePhoneNumberFromString(e164);
  if (!parsed) return e164;
  return parsed.country === 'VN' ? parsed.formatNational() : parsed.formatInternational();
}

/** "0901234567", as in content/company.json and Zalo links. */
export function toNationalDigits(e164: string): string {
  return e164.startsWith('+84') ? `0${e164.slice(3)}` : e164.replace('+', '');
}

/** E.164 of national digits such as content/company.json has. */
export function toE164(national: string): string {
  return `+84${national.slice(1)}`;
}

/** "0901 ••• •••": at most the first four digits, and none of the last four, since those open a request together with its code. */
export function maskPhone(e164: string): string {
  return `${toNationalDigits(e164).slice(0, -4).slice(0, 4)} ••• •••`;
}

export function lastFour(e164: string): string {
  return e164.slice(-4);
}

function toVietnameseNational(text: string): string | null {
  const digits = text.replace(/\D/g, '');
  if (text.startsWith('+') || digits.startsWith('00')) {
    const international = digits.replace(/^00/, '');
    return international.startsWith('84') ? international.slice(2).replace(/^0/, '') : null;
  }
  if (digits.startsWith('84') && digits.length >= 11) return digits.slice(2).replace(/^0/, '');
  return digits.startsWith('0') ? digits.slice(1) : null;
}

function translateRetired(national: string): Phone | null {
  const prefix = national.length === 10 ? retiredPrefixes[national.slice(0, 3)] : undefined;
  return prefix === undefined
    ? null
    : { e164: `+84${prefix}${national.slice(3)}`, translatedFrom: `0${national}` };
}
