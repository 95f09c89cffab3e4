import * as v from 'valibot';
import { PersonSchema } from '../../shared/forms/person.ts';
import { letterRetention } from '../../shared/privacy/register-letters.ts';
import { addPeriod } from '../../shared/privacy/retention.ts';
import { toBase64Url } from '../../worker/base/encoding.ts';
import { openKeyStore, sealPerson, SIGN_UP_CODE } from '../../worker/personal-data/key-store.ts';
import { addPhone, newestPublicKey } from '../../worker/push/phones.ts';
import { fillTexts, SEND_LETTER_SQL } from '../../worker/store/letter-commands.ts';

const BATCH = 50;
const AUTH_BYTES = 16;

/** Adds phones of staff with keys as a browser makes them. */
export async function fillPhones(env: Env, count: number, now: Date): Promise<void> {
  const curve = { name: 'ECDH', namedCurve: 'P-256' };
  for (let at = 0; at < count; at += 1) {
    const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
    const point = await crypto.subtle.exportKey('raw', pair.publicKey);
    const keys = {
      p256dh: toBase64Url(new Uint8Array(point)),
      auth: toBase64Url(crypto.getRandomValues(new Uint8Array(AUTH_BYTES))),
    };
    const subscription = { endpoint: `https://${env.PUSH_HOSTS}/${at}`, keys };
    const asked = { name: `Máy ${at}`, subscription, publicKey: newestPublicKey(env) };
    const outcome = await addPhone(env, asked, now);
    if (outcome !== 'added') throw new Error(`A phone is ${outcome}`);
  }
}

/** Stores confirmed subscribers up to a number. */
export async function fillSubscribers(env: Env, count: number, now: Date): Promise<void> {
  const known = await env.DB.prepare(
    `select count(*) as n from subscribers where state = 'subscribed'`,
  ).first<number>('n');
  const endsAt = addPeriod(now, letterRetention.subscribed.period);
  for (let from = known ?? 0; from < count; from += BATCH) {
    const part = Array.from({ length: Math.min(BATCH, count - from) }, async (_, index) => {
      const id = crypto.randomUUID();
      const email = `reader-${from + index}@example.invalid`;
      const person = v.parse(PersonSchema, { name: '', email });
      const record = { id, code: SIGN_UP_CODE, createdAt: now, endsAt };
      const sealed = await sealPerson(openKeyStore(env), record, person);
      return env.DB.prepare(
        `insert into subscribers (id, state, address_hash, sealed, last_ask_id, asked_at, key_ends_at, created_at, confirmed_at)
         values (?1, 'subscribed', ?1, ?2, ?1, ?3, ?4, ?3, ?3)`,
      ).bind(id, sealed, now.toISOString(), endsAt.toISOString());
    });
    await env.DB.batch(await Promise.all(part));
  }
}

/** Puts a new letter into the outbox as `npm run letters -- send` does. */
export async function sendLetter(env: Env, now: Date): Promise<void> {
  const texts = {
    slug: `thu-${now.getTime()}`,
    title: 'Tháng Chạp',
    html: '<p>Chào</p>',
    plain: 'Chào',
  };
  const sql = fillTexts(SEND_LETTER_SQL, { ...texts, now: now.toISOString() });
  await env.DB.batch(sql.split(';\n').map((text) => env.DB.prepare(text)));
}
