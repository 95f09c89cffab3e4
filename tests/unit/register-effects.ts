import { vi } from 'vitest';
import { legalDeadlines, retention } from '../../shared/privacy/register.ts';
import type * as register from '../../shared/privacy/register.ts';
import type { WranglerConfig } from '../../scripts/tools/wrangler-config.ts';
import { asKv, type MemoryKv } from './memory-kv.ts';
import { noPhotos } from './no-photos.ts';
import { asD1, makeDatabase } from './sqlite-d1.ts';

type Register = typeof register;

const NOW = new Date('2026-11-23T02:00:00.000Z');
/** What a policy can show of the register. */
const POLICY_KEYS = [
  ...['FieldTable:booking', 'FieldTable:contact', 'Basis:booking', 'Basis:contact'],
  ...['CustomerPage', 'Sealed', 'RecipientTable', 'RetentionTable', 'RightsTable'],
  ...Object.keys(retention).map((name) => `Retention:${name}`),
  ...Object.keys(legalDeadlines).map((name) => `Clock:${name}`),
];
const secret = (name: string) => `whsec_${btoa(name.padEnd(32, '.'))}`;

const person = {
  name: 'Nguyễn Thị Hoa',
  phone: '0912 345 678',
  email: 'hoa@example.org',
  address: '12 Lê Lợi',
  note: 'Cổng sau',
};

/** Replaces the register by a changed copy for everything that is imported from now on. */
export function withRegister(change: (copy: Record<string, unknown>) => void): void {
  vi.resetModules();
  vi.doMock('../../shared/privacy/register.ts', async (original) => {
    const copy = structuredClone({ ...(await original<Register>()) });
    change(copy);
    return copy;
  });
}

/** A policy that shows everything of the register, as it stood when it was first asked for. */
let published = '';

/** What the comparison with that policy says, sentence by sentence. */
async function policy(): Promise<string> {
  const { registerWords } = await import('../../shared/privacy/register-words.ts');
  const { describeDrift, findPolicyDrift } = await import('../../shared/privacy/policy-drift.ts');
  published ||= POLICY_KEYS.map(
    (key) => `<span data-register="${key}">${registerWords(key) ?? ''}</span>`,
  ).join('\n');
  return findPolicyDrift(published)
    .map((drift) => describeDrift('bao-mat', 1, drift))
    .join('\n');
}

async function dossier(): Promise<string> {
  const { company } = await import('../../shared/content/catalogue.ts');
  const { renderDossier } = await import('../../scripts/dossier/render.ts');
  const config = {
    name: 'example',
    vars: {},
    d1_databases: [],
    kv_namespaces: [],
    queues: { consumers: [], producers: [] },
    r2_buckets: [],
    send_email: [],
  } satisfies WranglerConfig;
  return renderDossier(company, config);
}

/** How each form asks, what an empty one misses, and the words beside its box. */
async function form(): Promise<string> {
  const fields = await import('../../shared/privacy/register-fields.ts');
  const { consentWordings } = await import('../../shared/forms/consent.ts');
  const { parseBookingRequest } = await import('../../shared/forms/booking.ts');
  const { parseContactMessage } = await import('../../shared/forms/contact.ts');
  const asks = (['booking', 'contact'] as const).flatMap((name) =>
    fields
      .fieldsOf(name)
      .map((field) => [name, fields.askFor(name, field), fields.isRequired(name, field)]),
  );
  return JSON.stringify([
    asks,
    [consentWordings.booking.text, consentWordings.contact.text],
    [parseBookingRequest({}), parseContactMessage({})],
  ]);
}

/** What dispatch and a full staff e-mail receive of one booking, and what the ledger says that they received. */
async function payload(): Promise<string> {
  const { env, booking, deliveries } = await book();
  const { collectSources } = await import('../../worker/outbox/prepare.ts');
  const { buildDispatchBody } = await import('../../worker/outbox/dispatch-body.ts');
  const { prepareStaffBookingMail } = await import('../../worker/outbox/mails/staff-booking.ts');
  const claimed = {
    findBooking: () => booking,
    findMessage: () => null,
    findReason: () => null,
    findPlanCode: () => null,
    staffEpoch: 0,
  };
  const given = { env, now: NOW, records: collectSources(env, claimed, NOW) };
  const sent = [];
  for (const delivery of deliveries) {
    if (delivery.channel === 'dispatch') {
      sent.push(await buildDispatchBody({ ...given, delivery }));
    } else if (delivery.channel === 'staff-email' && delivery.subjectKind === 'booking') {
      const built = await prepareStaffBookingMail({ ...given, delivery }, 'full');
      if (built.ready) sent.push([built.value.mail.text, built.value.fields]);
    }
  }
  return JSON.stringify(sent).replace(/TS-\w{7}(\.[\w-]+)?/g, 'CODE');
}

async function book() {
  const { parseBookingRequest } = await import('../../shared/forms/booking.ts');
  const { acceptBooking } = await import('../../worker/records/accept-booking.ts');
  const { findBooking } = await import('../../worker/store/bookings.ts');
  const { findDelivery } = await import('../../worker/store/deliveries.ts');
  const keyStore: MemoryKv = { entries: new Map(), now: NOW };
  const keys = {
    SEAL_KEYS: secret('seal'),
    LINK_KEYS: secret('link'),
    STAFF_KEYS: secret('staff'),
  };
  const stores = { DB: asD1(makeDatabase()), VAULT: asKv(keyStore), PHOTOS: noPhotos };
  const limits = { NETWORK_LIMIT: '6', UNCONFIRMED_LIMIT: '12', STAFF_MAIL_LIMIT: '30' };
  const links = { PUBLIC_ORIGIN: 'https://example.com', SENDER_ADDRESS: 'a@example.com' };
  const env = { ...keys, ...stores, ...links, ...limits } as unknown as Env;
  const job = { service: 'giat-ghe-sofa', ward: '16690', date: '2026-11-26', window: 'sang' };
  const parsed = parseBookingRequest({ ...person, ...job, consent: 'yes' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  const { request } = parsed;
  const sent = { intent: null, holdReason: null, network: null, now: NOW };
  const outcome = await acceptBooking(env, { request, origin: 'web', ...sent });
  if (!('record' in outcome)) throw new Error(outcome.outcome);
  const found = await Promise.all(outcome.deliveryIds.map((id) => findDelivery(env.DB, id)));
  const deliveries = found
    .filter((delivery) => delivery !== null)
    .toSorted((a, b) => a.channel.localeCompare(b.channel));
  return { env, booking: await findBooking(env.DB, outcome.record.id), deliveries };
}

/** When keys end, state by state, and up to which moment a purge deletes. */
async function purge(): Promise<string> {
  const { bookingKeyEnd, messageKeyEnd, planKeyEnd } =
    await import('../../shared/privacy/retention.ts');
  const { bookingStates, messageStates } = await import('../../shared/states.ts');
  const { purge: run } = await import('../../worker/personal-data/purge.ts');
  const { clearOldHashes } = await import('../../worker/tasks/clean-up.ts');
  const visit = { stateAt: NOW, visitDate: '2026-11-26', visitEndsAt: NOW };
  const bound: unknown[] = [];
  const DB = recordBinds(bound);
  await run({ DB } as Env, NOW);
  await clearOldHashes({ DB, VAULT: asKv({ entries: new Map(), now: NOW }) } as Env, NOW);
  return JSON.stringify([
    bookingStates.map((state) => bookingKeyEnd({ state, ...visit })),
    messageStates.map((state) =>
      messageKeyEnd({ kind: 'question', state, stateAt: NOW, createdAt: NOW }),
    ),
    planKeyEnd(NOW),
    bound,
  ]);
}

/** An empty database that records the values bound to its statements. */
function recordBinds(bound: unknown[]): D1Database {
  const statement = {
    bind: (...values: unknown[]) => {
      bound.push(values);
      return statement;
    },
    all: async () => ({ results: [], meta: { changes: 0 } }),
    first: async () => null,
    run: async () => ({ results: [], meta: { changes: 0 } }),
  };
  const batch = async (list: unknown[]) => list.map(() => ({ results: [], meta: { changes: 1 } }));
  return { prepare: () => statement, batch } as unknown as D1Database;
}

/** The days by which requests of each kind are met, and how long a customer's page opens. */
async function rights(): Promise<string> {
  const { holidays } = await import('../../shared/content/catalogue.ts');
  const { rightDays, rightKinds } = await import('../../shared/privacy/rights.ts');
  const { LINK_ENDED } = await import('../../worker/customer/access.ts');
  const { doneLines, dueLine, extensionLine } = await import('../../worker/wording/customer.ts');
  const due = (kind: 'complaint' | 'privacy') =>
    dueLine({ kind, dueOn: '2026-11-26', state: 'open' });
  return JSON.stringify([
    rightKinds.map((kind) => rightDays(kind, NOW, holidays)),
    [due('complaint'), due('privacy'), LINK_ENDED],
    doneLines({ kind: 'privacy', createdAt: NOW, state: 'open' }, false),
    extensionLine({ reason: 'search', at: NOW }),
  ]);
}

const sealedPerson = {
  ...person,
  phone: '+84912345678',
  retiredPhone: null,
  formerPhone: null,
  staffNote: null,
  message: null,
  covers: null,
  agreedCovers: null,
  ratingWords: null,
};

/** What the links on a staff page lead to. */
async function links(): Promise<string> {
  const { describePerson } = await import('../../worker/staff/details.ts');
  return JSON.stringify(describePerson(sealedPerson, '16690'));
}

/** The text that staff paste into a chat with the crew. */
async function chat(): Promise<string> {
  const { copyText } = await import('../../worker/staff/details.ts');
  return copyText(['Việc'], sealedPerson, '16690');
}

/** What the product derives from the register, each as one text to compare. */
export const effects = { policy, dossier, form, payload, purge, rights, links, chat };

export type EffectName = keyof typeof effects;
