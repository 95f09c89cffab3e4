import { wardName } from '../../shared/content/areas.ts';
import { areas, company } from '../../shared/content/catalogue.ts';
import { toE164 } from '../../shared/phone.ts';
import type { Thing } from './thing.ts';

/** The company by its name alone, for a thing that refers to it. */
export function businessReference(site: URL): Thing {
  return {
    '@type': 'HomeAndConstructionBusiness',
    '@id': new URL('/#company', site).href,
    name: company.name,
    url: site.href,
    telephone: toE164(company.hotline),
  };
}

/** The company with every fact that its pages show; what the owner has not given is not there. */
export function business(site: URL): Thing {
  const { street, locality, region, country } = company.address;
  return {
    ...businessReference(site),
    slogan: company.tagline,
    image: new URL('/apple-touch-icon.png', site).href,
    email: company.email || undefined,
    address: {
      '@type': 'PostalAddress',
      streetAddress: street || undefined,
      addressLocality: locality,
      addressRegion: region,
      addressCountry: country,
    },
    contactPoint: unlessEmpty(
      company.support.map(({ name, phone }) => ({
        '@type': 'ContactPoint',
        contactType: 'customer support',
        name,
        telephone: toE164(phone),
        availableLanguage: 'vi',
      })),
    ),
    openingHours: unlessEmpty(
      company.openingHours.map(({ days, from, to }) => `${days} ${from}-${to}`),
    ),
    sameAs: unlessEmpty([company.facebook].filter(Boolean)),
  };
}

/** The company with the wards it goes to, for the page that lists them. */
export function businessWithArea(site: URL): Thing {
  const served = areas.wards.map((ward) => `${wardName(ward)}, ${areas.province.name}`);
  return { ...business(site), areaServed: served };
}

function unlessEmpty<Item>(list: Item[]): Item[] | undefined {
  return list.length === 0 ? undefined : list;
}
