import type { Page } from '@playwright/test';
import { wardName } from '../../shared/content/areas.ts';
import { areas, company, services } from '../../shared/content/catalogue.ts';
import { formatPhone, toE164 } from '../../shared/phone.ts';

const bare = (name: string) => name.replace(/^(?:Phường|Xã|Thị trấn) /, '');

/** A service that anyone can book; the last one, so that it is not what a form chooses by itself. */
export const service = services.at(-1) as (typeof services)[number];

/** A ward served, with its words in the form. */
export const ward = { ...firstWard(), label: wardName(firstWard()) };

/** A name that this ward no longer has, without its kind; its own where no ward had another. */
export const formerWard = bare(ward.former.at(-1) ?? ward.name);

/** Whether facts that the launch list asks for stand on the pages: prices and registration make them longer. */
export const isFilledIn =
  services.some(({ prices = [] }) => prices.length > 0) || Boolean(company.legal?.businessCode);

/** What begins with a fact, letter by letter. */
export const startingWith = (fact: string) => new RegExp(`^${escape(fact)}`);
/** What has a fact in it, letter by letter. */
export const saying = (fact: string) => new RegExp(escape(fact));

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
  return renamed ?? (areas.wards[0] as (typeof areas.wards)[number]);
}

/** A fact as a regular expression has it, letter by letter. */
export function escape(fact: string): string {
  return fact.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Chooses the ward: in the list, or with scripts in the field that takes its place. */
export async function chooseWard(page: Page): Promise<void> {
  const control = page.getByRole('combobox', { name: 'Phường, xã' });
  if ((await control.evaluate(({ tagName }) => tagName)) === 'SELECT') {
    await control.selectOption(ward.code);
    return;
  }
  await control.fill(ward.label);
  await control.press('Enter');
}

/** Chooses a start: its day, then its window. */
export async function chooseStart(page: Page, slot: string): Promise<void> {
  await page.locator(`input[name=day][value="${slot.split('/')[0] ?? ''}"]`).check();
  await page.locator(`input[name=slot][value="${slot}"]`).check();
}
