import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dispatchEvents } from '../../shared/jobs/dispatch.ts';
import { formatPhone, maskPhone, toE164 } from '../../shared/phone.ts';
import { jobFields } from '../../shared/privacy/register-outside.ts';
import { fieldsFor } from '../../shared/privacy/register-fields.ts';
import { later } from '../../shared/time.ts';
import { prepareCustomerEmail } from '../../worker/outbox/mails/customer-email.ts';
import { buildDispatchBody } from '../../worker/outbox/dispatch-body.ts';
import { collectSources, type Preparing } from '../../worker/outbox/prepare.ts';
import { findBooking } from '../../worker/store/bookings.ts';
import { findMessage } from '../../worker/store/messages.ts';
import { type Delivery, deliveryKinds } from '../../worker/store/deliveries.ts';
import { prepareStaffBookingMail } from '../../worker/outbox/mails/staff-booking.ts';
import { prepareStaffMessageMail } from '../../worker/outbox/mails/staff-message.ts';
import type { Mail } from '../../worker/emails/mail.ts';
import { ledgerLine } from '../../worker/wording/consent-and-ledger.ts';
import {
  type DisclosedField,
  insertDisclosures,
  listDisclosures,
} from '../../worker/store/disclosures.ts';
import { acceptBookingForm, acceptContactForm, NOW } from '../../worker/test/fixtures.ts';
import { noPhotos } from './no-photos.ts';
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
    PHOTOS: noPhotos,
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

async function claim<A extends About>(
  env: Env,
  subjectId: string,
  about: A,
): Promise<Preparing<Extract<Delivery, Omit<A, 'kind'>>>> {
  const times = { createdAt: NOW, nextAttemptAt: NOW, leaseEndsAt: null, lastAttemptAt: null };
  const rest = { afterId: null, attempts: 1, lastResult: null, mailSubject: null, endedAt: null };
  const id = `delivery-${about.kind}`;
  const delivery = { ...times, ...rest, ...about, id, subjectId, version: 1, status: 'sending' };
  const [booking, message] = [
    await findBooking(env.DB, subjectId),
    await findMessage(env.DB, subjectId),
  ];
  const records = collectSources(
    env,
    {
      findBooking: () => booking,
      findMessage: () => message,
      findReason: () => null,
      findPlanCode: () => null,
      staffEpoch: 0,
    },
    NOW,
  );
  return {
    env,
    delivery: delivery as unknown as Extract<Delivery, Omit<A, 'kind'>>,
    now: NOW,
    records,
  };
}

describe('a disclosure that is sent again', () => {
  test('is counted, with its first and last time and the fields of every time', async () => {
    const { env } = makeEnv();
    const first = { id: 'one', subjectId: 'it', recipient: 'office', kind: 'x' } as const;
    const send = (fields: DisclosedField[], at: Date) =>
      insertDisclosures(env.DB, [{ ...first, fields, result: 'attempted', at }]).run();
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
        const built = await buildDispatchBody(await claim(env, id, about));
        if (!built.ready) throw new Error(built.result.result);
        const { body } = built.value;
        const fields = built.value.fields.toSorted();
        const { data } = JSON.parse(body) as { data: object };
        const personal = Object.keys(data).filter((key) => !(key in jobFields));
        expect(personal.toSorted()).toEqual(fields);
        expect(fieldsIn(body, typed)).toEqual(fields);
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
        const mail = await prepareStaffBookingMail(await claim(env, id, about), setting);
        if (!mail.ready) throw new Error(mail.result.result);
        expect(fieldsIn(textOf(mail.value.mail), typed)).toEqual(mail.value.fields?.toSorted());
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
        const mail = await prepareStaffMessageMail(await claim(env, id, about), setting);
        if (!mail.ready) throw new Error(mail.result.result);
        expect(fieldsIn(textOf(mail.value.mail), typed)).toEqual(mail.value.fields?.toSorted());
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
        const prepared = await prepareCustomerEmail(await claim(env, id, about));
        if (!prepared.ready) throw new Error(prepared.result.result);
        const { disclosed, send } = prepared.value;
        expect((await send()).outcome).toBe('delivered');
        expect(disclosed?.recipient).toBe('customer');
        expect(fieldsIn(JSON.stringify(sent[0]), typed)).toEqual(disclosed?.fields);
      }),
      RUNS,
    );
  });
});
