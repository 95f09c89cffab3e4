import { describe, expect, test } from 'vitest';
import { bookingRules, company, services } from '../../shared/content/catalogue.ts';
import { policyOf } from '../../shared/content/launch.ts';
import { readWranglerConfig } from '../tools/wrangler-config.ts';
import { checkPushKeys, checkSecrets, checkWrangler } from './cloudflare.ts';
import {
  checkCatalogue,
  checkCompany,
  checkConfirmations,
  checkDrafts,
  checkPolicies,
  checkReview,
} from './content.ts';
import { checkOwners, formatFindings } from './list.ts';

const legal = {
  form: 'Hộ kinh doanh',
  businessCode: '1',
  businessCodeDate: '2026-11-22',
  representative: 'A',
  moitBadgeUrl: 'https://example.com/',
};
const full = {
  ...company,
  legal,
  address: { ...company.address, street: '1' },
  zalo: '0859363789',
  facebook: 'https://facebook.com/a',
  email: 'a@b.vn',
  since: '2014',
  insurance: 'A, đến 31/12/2027',
  team: { photo: 'doi.jpg', alt: 'Ba người của đội đứng trước xe' },
  bankAccount: '1',
  openingHours: [{ days: 'Mo-Sa', from: '07:30', to: '17:00' }],
};
const day = '2026-12-01';
const confirmed = {
  letters: day,
  reworkFree: day,
  refundUndone: day,
  quotedPriceHolds: day,
  area: day,
  units: day,
  payment: day,
  senderDomain: day,
  dmarc: day,
  alwaysHttps: day,
  emailObfuscation: day,
  speedBrain: day,
  webAnalytics: day,
  wwwRedirect: day,
  subdomainsHttps: day,
  staffAddresses: day,
  dispatchAgreement: day,
  transferDossier: day,
  moitNotice: day,
  vat: day,
  serviceLists: day,
  whoComes: day,
  cancelTerms: day,
  warrantyDays: day,
  invoice: day,
  english: day,
  mailbox: day,
  retentionSize: day,
  ownMaterial: day,
  oldAddresses: day,
  backupDrill: day,
};
/** The policies that promise something. */
/** The pages of a company that sends letters and has one in English. */
const ON = { letters: true, english: true };
const SAID = Object.values(policyOf);
const places = (findings: { place: string }[]) => findings.map(({ place }) => place);

describe('checkCompany', () => {
  test('has nothing to say of a company that gave everything', () => {
    expect(checkCompany(full)).toEqual([]);
  });

  test('stops at what the law asks for and only mentions the rest', () => {
    const findings = checkCompany({ ...full, zalo: '', legal: { ...legal, businessCode: '' } });
    expect(findings.map(({ level }) => level)).toEqual(['red', 'todo']);
  });
});

describe('checkCatalogue', () => {
  test('stops at settings that nobody confirmed', () => {
    const [finding] = checkCatalogue({ ...bookingRules, confirmed: false }, []);
    expect(finding).toMatchObject({ level: 'red', place: 'content/booking.json → confirmed' });
  });

  test('stops at a promise to call back that nobody confirmed', () => {
    const callback = { minutes: 90, confirmed: false };
    const [finding] = checkCatalogue({ ...bookingRules, confirmed: true, callback }, []);
    expect(finding).toMatchObject({
      level: 'red',
      place: 'content/booking.json → callback.confirmed',
      message: expect.stringContaining('90 phút') as string,
    });
  });

  test('names the services without a price', () => {
    const callback = { minutes: 90, confirmed: true };
    const [finding] = checkCatalogue({ ...bookingRules, confirmed: true, callback }, [
      { ...services[0]!, prices: [] },
    ]);
    expect(finding).toMatchObject({ level: 'todo' });
    expect(finding?.message).toContain(services[0]!.name);
  });
});

describe('checkConfirmations', () => {
  test('stops at the three promises of the policies', () => {
    const open = { ...confirmed, reworkFree: '', refundUndone: '', quotedPriceHolds: '' };
    const findings = checkConfirmations(
      { repository: 'a/b', branch: 'main', confirmed: open },
      SAID,
      ON,
    );
    expect(findings.map(({ level }) => level)).toEqual(['red', 'red', 'red']);
    expect(findings[0]?.message).toContain('Làm lại lúc nghiệm thu không tính tiền');
  });

  test.each(['area', 'units', 'payment', 'dmarc', 'alwaysHttps', 'emailObfuscation'])(
    'stops at %s',
    (key) => {
      const open = { ...confirmed, [key]: '' };
      const findings = checkConfirmations(
        { repository: 'a/b', branch: 'main', confirmed: open },
        SAID,
        ON,
      );
      expect(findings).toMatchObject([
        { level: 'red', place: `content/launch.json → confirmed.${key}` },
      ]);
    },
  );

  test.each(['letters', 'english'])('asks about %s only where there is such a page', (page) => {
    const launch = { repository: 'a/b', branch: 'main', confirmed: { ...confirmed, [page]: '' } };
    expect(checkConfirmations(launch, SAID, ON)).toHaveLength(1);
    expect(checkConfirmations(launch, SAID, { ...ON, [page]: false })).toEqual([]);
  });

  test('is content when all is confirmed', () => {
    expect(checkConfirmations({ repository: 'a/b', branch: 'main', confirmed }, SAID, ON)).toEqual(
      [],
    );
  });
});

describe('checkConfirmations of a company without the pages that promise', () => {
  test('asks for none of the promises, and for the rest', () => {
    const open = Object.fromEntries(Object.keys(confirmed).map((key) => [key, '']));
    const launch = { repository: 'a/b', branch: 'main', confirmed: open as typeof confirmed };
    const asked = places(checkConfirmations(launch, [], ON)).map((place) =>
      place.split('.').at(-1),
    );
    const rest = Object.keys(confirmed).filter((key) => !(key in policyOf));
    expect(asked.toSorted()).toEqual(rest.toSorted());
  });
});

describe('checkReview', () => {
  test('asks to compare a version that nobody compared', () => {
    const newest = { version: 2, date: day, sha256: 'b'.repeat(64), changes: '' };
    expect(checkReview(newest, 'a'.repeat(64))).toMatchObject([{ level: 'todo' }]);
    expect(checkReview(newest, newest.sha256)).toEqual([]);
    expect(checkReview(undefined, '')).toEqual([]);
  });
});

describe('checkPolicies', () => {
  test('stops without a published personal-data policy', () => {
    expect(checkPolicies(['bao-mat', 'gia'], {}, 'bao-mat').map(({ level }) => level)).toEqual([
      'red',
      'todo',
    ]);
  });
});

describe('checkDrafts', () => {
  test('names a policy that says something else than its newest version', () => {
    const one = { slug: 'gia', draft: '', changes: '', newest: null, isUnfilled: false } as const;
    const found = checkDrafts([
      { ...one, state: 'changed' },
      { ...one, slug: 'same', state: 'same' },
    ]);
    expect(places(found)).toEqual(['content/policies/gia.mdx']);
  });
});

describe('checkSecrets', () => {
  test('stops at a key that is not there, and says when nobody could look', () => {
    expect(checkSecrets(['A', 'B'], ['B'])).toMatchObject([{ level: 'red', place: 'Khóa B' }]);
    expect(checkSecrets(['A', 'B'], null)).toMatchObject([{ level: 'todo' }]);
    expect(checkSecrets(['A', 'B'], [])).toEqual([]);
  });
});

describe('what the site can do without', () => {
  test('is named, and does not stop the launch', () => {
    expect(checkPushKeys(['VAPID_KEYS'])).toMatchObject([
      { level: 'todo', place: 'Khóa VAPID_KEYS' },
    ]);
    expect([...checkPushKeys([]), ...checkPushKeys(null)]).toEqual([]);
    const config = readWranglerConfig();
    const ownerOf = (OWNER_ADDRESS: string) =>
      checkWrangler({ ...config, vars: { OWNER_ADDRESS } })
        .filter(({ place }) => place.endsWith('OWNER_ADDRESS'))
        .map(({ level }) => level);
    expect([ownerOf(''), ownerOf('chu@example.invalid'), ownerOf('chu@vesinh.vn')]).toEqual([
      ['todo'],
      ['red'],
      [],
    ]);
  });
});

describe('the whole list', () => {
  test('asks for everything that the old site does not say', () => {
    const { formerly, locality, region, country } = company.address;
    const empty = {
      ...company,
      ...{ zalo: '', facebook: '', email: '', bankAccount: '', openingHours: [] },
      address: { street: '', formerly, locality, region, country },
      legal: {
        form: '',
        businessCode: '',
        businessCodeDate: '',
        representative: '',
        moitBadgeUrl: '',
      },
    };
    const rules = { ...bookingRules, confirmed: false };
    const open = Object.fromEntries(Object.keys(confirmed).map((key) => [key, '']));
    const found = places([
      ...checkCompany(empty),
      ...checkCatalogue(rules, [{ ...services[0]!, prices: [] }]),
      ...checkConfirmations(
        {
          ...{ repository: '', branch: 'main' },
          confirmed: open as typeof confirmed,
        },
        SAID,
        ON,
      ),
    ]).join('\n');
    const asked = ['form', 'businessCode', 'businessCodeDate', 'representative', 'moitBadgeUrl'];
    const rest = ['street', 'zalo', 'facebook', 'email', 'bankAccount', 'openingHours'];
    for (const name of [...asked, ...rest, ...Object.keys(confirmed)])
      expect(found).toContain(name);
    expect(found).toContain('content/services.json');
    expect(found).toContain('content/booking.json → confirmed');
  });
});

describe('checkWrangler', () => {
  const config = readWranglerConfig();

  test('stops at placeholders and at resources without an id', () => {
    const vars = { ...config.vars, STAFF_ADDRESS: 'a@example.invalid' };
    const found = places(checkWrangler({ ...config, vars, kv_namespaces: [{ binding: 'VAULT' }] }));
    expect(found).toContain('wrangler.toml → STAFF_ADDRESS');
    expect(found).toContain('wrangler.toml → kv_namespaces');
  });

  test('lets real addresses and ids pass', () => {
    const vars = {
      PUBLIC_ORIGIN: 'https://vesinh.vn',
      STAFF_ADDRESS: 'viec@vesinh.vn',
      STAFF_SECOND_ADDRESS: 'hai@vesinh.vn',
      SENDER_ADDRESS: 'gui@vesinh.vn',
      DISPATCH_URL: 'https://dieuphoi.vn/jobs',
    };
    const d1 = [{ binding: 'DB', database_name: 'a', database_id: '1' }];
    const kv = [{ binding: 'VAULT', id: '1' }];
    expect(checkWrangler({ ...config, vars, d1_databases: d1, kv_namespaces: kv })).toEqual([]);
  });

  test('stops at an address that is not https', () => {
    const vars = { ...config.vars, DISPATCH_URL: 'http://dieuphoi.vn/jobs' };
    expect(places(checkWrangler({ ...config, vars }))).toContain('wrangler.toml → DISPATCH_URL');
  });
});

describe('checkOwners', () => {
  test('asks for the team of programmers once', () => {
    expect(places(checkOwners('* @example-organisation/programmers'))).toEqual([
      '.github/CODEOWNERS',
    ]);
    expect(checkOwners('* @cong-ty/lap-trinh')).toEqual([]);
  });
});

describe('formatFindings', () => {
  test('puts red lines first', () => {
    const text = formatFindings([
      { level: 'todo', place: 'b', message: 'B' },
      { level: 'red', place: 'a', message: 'A' },
    ]);
    expect(text.indexOf('  a')).toBeLessThan(text.indexOf('  b'));
  });
});
