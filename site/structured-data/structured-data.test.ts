import { describe, expect, test } from 'vitest';
import { company, services } from '../../shared/content/catalogue.ts';
import { toE164 } from '../../shared/phone.ts';
import { business } from './business.ts';
import { serviceThing } from './service.ts';
import { toJsonLd } from './thing.ts';

const site = new URL('https://example.com');

describe('business', () => {
  test('says what the facts say, and nothing that the owner has not given', () => {
    const data = JSON.parse(toJsonLd([business(site)])) as { '@graph': Record<string, unknown>[] };
    const [thing] = data['@graph'];
    expect(thing).toMatchObject({
      '@type': 'HomeAndConstructionBusiness',
      name: company.name,
      telephone: toE164(company.hotline),
    });
    expect(thing).not.toHaveProperty('email');
    expect(Object.values(thing ?? {})).not.toContainEqual([]);
    expect(thing?.['address']).not.toHaveProperty('streetAddress');
  });
});

describe('serviceThing', () => {
  const [service] = services;

  test('offers prices only where there are any', () => {
    if (service === undefined) throw new Error('No service');
    expect(serviceThing(service, 'x', site)['hasOfferCatalog']).toBeUndefined();
    const price = { label: 'Nhà', amountVnd: 15_000, includes: '', validFrom: '2026-11-22' };
    const priced = serviceThing({ ...service, prices: [price] }, 'x', site);
    expect(JSON.stringify(priced['hasOfferCatalog'])).toContain('"price":15000');
  });
});

describe('toJsonLd', () => {
  test('cannot end its script', () => {
    expect(toJsonLd([{ '@type': 'Thing', name: '</script>' }])).not.toContain('</script');
  });
});
