import * as v from 'valibot';
import { bareCode, tidyCode } from './text.ts';

/** Most characters of an e-mail address, and of what stands before its @ (RFC 5321). */
export const EMAIL_MAX_LENGTH = 254;
const LOCAL_MAX_LENGTH = 64;

/** What the browser's own field takes (HTML, "valid e-mail address"); it bounds each part of the domain to 63 characters. */
const HtmlEmail = v.pipe(v.string(), v.maxLength(EMAIL_MAX_LENGTH), v.rfcEmail());

/**
 * The e-mail address that a person typed, a domain with marks ("côngty.vn") in the form that mail services take. Null where it
 * is none. Brackets and full stops round it go only where it is no address with them.
 */
export function parseEmail(input: string): string | null {
  const [typed = '', bare = ''] = [tidyCode(input), bareCode(input)].map(toAsciiDomain);
  return [typed, bare].find(isEmail) ?? null;
}

function isEmail(text: string): boolean {
  return text.indexOf('@') <= LOCAL_MAX_LENGTH && v.is(HtmlEmail, text);
}

/** Browsers read such a domain so too, and some of them send it as it was typed. */
function toAsciiDomain(address: string): string {
  const [, local, domain] =
    /^([^@]*@)([\p{L}\p{M}\p{N}.-]*[^\p{ASCII}][\p{L}\p{M}\p{N}.-]*)$/u.exec(address) ?? [];
  const host = local === undefined ? null : URL.parse(`http://${domain}`)?.hostname;
  return host ? `${local}${host}` : address;
}

/** An address of which only the first letter and the domain are shown: "h•••@gmail.com". */
export function maskEmail(address: string): string {
  const [first = ''] = address;
  return `${first}•••${address.slice(address.lastIndexOf('@'))}`;
}
