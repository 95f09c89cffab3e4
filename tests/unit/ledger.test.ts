import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dispatchEvents } from '../../shared/jobs/dispatch.ts';
import { formatPhone, maskPhone, toE164 } from '../../shared/phone.ts';
import { jobFields } from '../../shared/privacy/register-storage.ts';
import { fieldsFor } from '../../shared/privacy/register-fields.ts';
import { later } from '../../shared/time.ts';
import { sendCustomerEmail } from '../../worker/outbox/mails/customer-email.ts';
import { buildDispatchBody } from '../../worker/outbox/dispatch-body.ts';
import type { Disclosing } from '../../worker/outbox/disclosure.ts';
import { type Delivery, deliveryKinds } from '../../worker/store/deliveries.ts';
import { prepareStaffBookingMail } from '../../worker/outbox/mails/staff-booking.ts';
import { prepareStaffMessageMail } from '../../worker/outbox/mails/staff-message.ts';
import type { Mail } from '../../worker/emails/mail.ts';
import { ledgerLine } from '../../worker/my-data/words.ts';
import {
  type DisclosedField,
  insertDisclosure,
  listDisclosures,
} from '../../worker/store/disclosures.ts';
import { acceptBookingForm, acceptContactForm, NOW } from '../../worker/test/fixtures.ts';
import { asKv, type MemoryKv } from './memory-kv.ts';
import { asD1, makeDatabase } from './sqlite-d1.ts';

const RUNS = { numRuns: 12 };
const secret = (name: string) => `whsec_${btoa(name.padEnd(32, '.'))}`;

/** Values that appear nowhere by chance: words with a number of their own. */
const word = (prefix: string) =>
  fc.integer({ min: 100_000_000, max: 999_999_999 }).map((n) => `${prefix}${n}q`);
const optional = (prefix: string) => fc.oneof(fc.constant(''), word(prefix));
const mobile = fc.integer({ min: 1_000_000, max: 9_999_999 }).map((n) => `091${n}`);

const arbitraryBooking = fc.record({
  name: word('Tên '),
  phone: mobile,
  email: fc.oneof(
    fc.constant(''),
    word('thu').map((box) => `${box}@example.org`),
  ),
  address: word('Ngõ '),
  note: optional('Ghi chú '),
});

const arbitraryMessage = fc
  .record({
    kind: fc.constantFrom('question', 'quote', 'complaint', 'privacy'),
    name: word('Tên '),
    phone: fc.oneof(fc.constant(''), mobile),
    email: fc.oneof(
      fc.constant(''),
      word('thu').map((box) => `${box}@example.org`),
    ),
    message: word('Lời nhắn '),
  })
  .filter((fields) => fields.phone !== '' || fields.email !== '');

type Typed = Readonly<Record<string, string>>;

/** The fields of a person that can be read in a text, with `maskedPhone` for a masked number. */
function fieldsIn(text: string, typed: Typed): string[] {
  const flat = text.replace(/\s/g, '');
  const found = ['name', 'email', 'address', 'note', 'message'].filter(
    (field) => typed[field] && flat.includes(typed[field].replace(/\s/g, '')),
  );
  if (!typed['phone']) return found.toSorted();
  const e164 = toE164(typed['phone']);
  const written = [e164, formatPhone(e164), typed['phone']].map((one) => one.replace(/\s/g, ''));
  const isFull = written.some((one) => flat.includes(one));
  const isMasked = flat.includes(maskPhone(e164).replace(/\s/g, ''));
  return [...found, ...(isFull ? ['phone'] : []), ...(isMasked ? ['maskedPhone'] : [])].toSorted();
}

const textOf = ({ subject, text, html, attachments }: Mail) =>
  [subject, text, html, ...attachments.map(({ content }) => content)].join('\n');

/** Bindings of their own, and the list of what the mail service was given. */
function makeEnv() {
  const keyStore: MemoryKv = { entries: new Map(), now: NOW };
  const sent: { to: string; subject: string; text: string; html: string }[] = [];
  const CUSTOMER_EMAIL = {
    send: async (mail: (typeof sent)[number]) => {
      sent.push(mail);
      return { messageId: 'one' };
    },
  };
  const env = {
    SEAL_KEYS: secret('seal'),
    LINK_KEYS: secret('link'),
    STAFF_KEYS: secret('staff'),
    DB: asD1(makeDatabase()),
    VAULT: asKv(keyStore),
    CUSTOMER_EMAIL,
    PUBLIC_ORIGIN: 'https://example.com',
    SENDER_ADDRESS: 'a@example.com',
  } as unknown as Env;
  return { env, sent };
}

async function arrangeBooking(typed: Typed) {
  const bindings = makeEnv();
  const outcome = await acceptBookingForm(bindings.env, typed);
  if (!('record' in outcome)) throw new Error(outcome.outcome);
  return { ...bindings, id: outcome.record.id };
}

async function arrangeMessage(typed: Typed) {
  const bindings = makeEnv();
  const outcome = await acceptContactForm(bindings.env, { ...typed, consent: 'yes' });
  if (!('record' in outcome)) throw new Error(outcome.outcome);
  return { ...bindings, id: outcome.record.id };
}

type About = Pick<Delivery, 'channel' | 'kind' | 'subjectKind'>;

function disclose<A extends About>(
  env: Env,
  subjectId: string,
  about: A,
): Disclosing<Extract<Delivery, Omit<A, 'kind'>>> {
  const times = { createdAt: NOW, nextAttemptAt: NOW, leaseEndsAt: null, lastAttemptAt: null };
  const rest = { afterId: null, attempts: 1, lastResult: null, endedAt: null };
  const id = `delivery-${about.kind}`;
  const delivery = { ...times, ...rest, ...about, id, subjectId, version: 1, status: 'sending' };
  return { env, delivery: delivery as unknown as Extract<Delivery, Omit<A, 'kind'>>, now: NOW };
}

async function ledgerOf(env: Env, subjectId: string) {
  const rows = await listDisclosures(env.DB, subjectId);
  expect(rows).toHaveLength(1);
  return { recipient: rows[0]?.recipient, fields: (rows[0]?.fields ?? []).toSorted() };
}

describe('a disclosure that is sent again', () => {
  test('is counted, with its first and last time and the fields of every time', async () => {
    const { env } = makeEnv();
    const first = { id: 'one', subjectId: 'it', recipient: 'office', kind: 'x' } as const;
    const send = (fields: DisclosedField[], at: Date) =>
      insertDisclosure(env.DB, { ...first, fields, result: 'attempted', at }).run();
    const times = [0, 1, 2].map((minutes) => later(NOW, { minutes }));
    for (const at of times) await send(['name', 'phone'], at);
    const [row] = await listDisclosures(env.DB, 'it');
    expect(row).toMatchObject({ sends: 3, firstAt: times[0], at: times[2] });
    expect(row?.fields).toEqual(['name', 'phone']);
    if (row === undefined) throw new Error('no row');
    expect(ledgerLine(row)['result']).toContain(
      '(đã gửi 3 lần, lần đầu Thứ Hai, 23/11/2026, 9:00)',
    );
    // The settings may have changed in between: what left before has left.
    await send(['maskedPhone'], NOW);
    const [wider] = await listDisclosures(env.DB, 'it');
    expect(wider?.fields.toSorted()).toEqual(['maskedPhone', 'name', 'phone']);
  });
});

describe('the ledger names exactly what a disclosure holds', () => {
  test.each(dispatchEvents)('to dispatch: %s', async (kind) => {
    await fc.assert(
      fc.asyncProperty(arbitraryBooking, async (typed) => {
        const { env, id } = await arrangeBooking(typed);
        const about = { channel: 'dispatch', subjectKind: 'booking', kind } as const;
        const body = await buildDispatchBody(disclose(env, id, about));
        if (!body.ready) throw new Error(body.result.result);
        const { fields } = await ledgerOf(env, id);
        const { data } = JSON.parse(body.value) as { data: object };
        const personal = Object.keys(data).filter((key) => !(key in jobFields));
        expect(personal.toSorted()).toEqual(fields);
        expect(fieldsIn(body.value, typed)).toEqual(fields);
        expect(fieldsFor('dispatch')).toEqual(expect.arrayContaining(fields));
      }),
      RUNS,
    );
  });

  const staffMails = deliveryKinds.staffBooking.flatMap((kind) =>
    (['masked', 'full'] as const).map((setting) => [kind, setting] as const),
  );

  test.each(staffMails)('to staff of a booking: %s, %s', async (kind, setting) => {
    await fc.assert(
      fc.asyncProperty(arbitraryBooking, async (typed) => {
        const { env, id } = await arrangeBooking(typed);
        const about = { channel: 'staff-email', subjectKind: 'booking', kind } as const;
        const mail = await prepareStaffBookingMail(disclose(env, id, about), setting);
        if (!mail.ready) throw new Error(mail.result.result);
        const ledger = await ledgerOf(env, id);
        expect(ledger.recipient).toBe('office');
        expect(fieldsIn(textOf(mail.value), typed)).toEqual(ledger.fields);
      }),
      RUNS,
    );
  });

  test.each(['masked', 'full'] as const)('to staff of a message: %s', async (setting) => {
    await fc.assert(
      fc.asyncProperty(arbitraryMessage, async (typed) => {
        const { env, id } = await arrangeMessage(typed);
        const kind = 'message.received';
        const about = { channel: 'staff-email', subjectKind: 'message', kind } as const;
        const mail = await prepareStaffMessageMail(disclose(env, id, about), setting);
        if (!mail.ready) throw new Error(mail.result.result);
        const { fields } = await ledgerOf(env, id);
        expect(fieldsIn(textOf(mail.value), typed)).toEqual(fields);
      }),
      RUNS,
    );
  });

  test.each(deliveryKinds.customer)('to the customer: %s', async (kind) => {
    const withAddress = arbitraryBooking.filter(({ email }) => email !== '');
    await fc.assert(
      fc.asyncProperty(withAddress, async (typed) => {
        const { env, id, sent } = await arrangeBooking(typed);
        const about = { channel: 'customer-email', subjectKind: 'booking', kind } as const;
        expect((await sendCustomerEmail(disclose(env, id, about))).outcome).toBe('delivered');
        const { recipient, fields } = await ledgerOf(env, id);
        const [mail] = sent;
        expect(recipient).toBe('customer');
        expect(fieldsIn(JSON.stringify(mail), typed)).toEqual(fields);
      }),
      RUNS,
    );
  });
});
