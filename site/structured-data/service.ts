import { type Service, unitNames } from '../../shared/content/services.ts';
import { businessReference } from './business.ts';
import type { Thing } from './thing.ts';

/** A service as its page describes it; prices only where the owner gave them. */
export function serviceThing(service: Service, description: string, site: URL): Thing {
  const url = new URL(`/dich-vu/${service.id}/`, site).href;
  return {
    '@type': 'Service',
    '@id': `${url}#service`,
    name: service.name,
    serviceType: service.name,
    description,
    url,
    provider: businessReference(site),
    hasOfferCatalog: service.prices.length === 0 ? undefined : toCatalog(service),
  };
}

function toCatalog(service: Service): Thing {
  return {
    '@type': 'OfferCatalog',
    name: service.name,
    itemListElement: service.prices.map(({ label, amountVnd, validFrom }) => ({
      '@type': 'Offer',
      name: label,
      validFrom,
      priceSpecification: {
        '@type': 'UnitPriceSpecification',
        price: amountVnd,
        priceCurrency: 'VND',
        unitText: unitNames[service.unit],
      },
    })),
  };
}
