import { wardName } from '../../shared/content/areas.ts';
import { areas, company, services } from '../../shared/content/catalogue.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';

const bare = (name: string) => name.replace(/^(?:Phường|Xã|Thị trấn) /, '');

/** A service that anyone can book; the last one, so that it is not what a form chooses by itself. */
export const service = services.at(-1) as (typeof services)[number];

/** A ward served, with its words in the form. */
export const ward = { ...firstWard(), label: wardName(firstWard()) };

/** A name that this ward no longer has, without its kind. */
export const formerWard = bare(firstWard().former.at(-1) ?? '');

/** The company's number as pages show it. */
export const hotline = formatPhone(toE164(company.hotline));

/** What codes of requests begin with. */
export const prefix = company.codePrefix;

/** A request's code, as it stands in addresses and texts. */
export const CODE = new RegExp(`${prefix}[0-9A-Z]{7}`);

/** Address of a request's page, with its key. */
export const STATUS_PAGE = new RegExp(`/don/${CODE.source}/\\?k=`);

function firstWard(): (typeof areas.wards)[number] {
  const renamed = areas.wards.find(({ name, former }) => bare(former.at(-1) ?? name) !== name);
  if (renamed === undefined) throw new Error('content/areas.json has no ward with a former name');
  return renamed;
}
