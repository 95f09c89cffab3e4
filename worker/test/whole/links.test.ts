import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { later } from '../../../shared/time.ts';
import {
  type ActionRole,
  customerPath,
  issueActionToken,
  type LinkedRecord,
} from '../../signing/links.ts';
import {
  dataPath,
  freshStaffPath,
  staffPath,
  type StaffSigning,
  weekPath,
} from '../../signing/staff-links.ts';
import { type LinkKeys, readLinkKeys, readStaffKeys } from '../../signing/tokens.ts';
import { findEpoch, raiseEpoch } from '../../store/link-epochs.ts';
import { recordRestore } from '../../store/restores.ts';
import { Visitor } from '../browser.ts';
import { NOW } from '../fixtures.ts';
import { readBooking, submitBooking } from '../records.ts';
import { send } from '../requests.ts';
import { wrapDatabase } from '../wrap-database.ts';

const linkKeys = readLinkKeys(env.LINK_KEYS);
const staffKeys = readStaffKeys(env.STAFF_KEYS);
const tokenOf = (path: string) => /(?:k=|\/viec\/(?:lich\/|TS-\w+\.))([^/]+)/.exec(path)?.[1] ?? '';

/** The token of each kind of link, without the code that stands before some. */
const kinds = {
  customer: ({ keys }: StaffSigning, record: LinkedRecord) => customerPath(keys, record),
  mailed: staffPath,
  fresh: freshStaffPath,
  week: (signing: StaffSigning) => weekPath(signing),
  data: dataPath,
} as const;

type Kind = keyof typeof kinds;

/** Each page that a token opens, and the kinds that may. */
const pages: readonly [
  name: string,
  kinds: readonly Kind[],
  path: (token: string, code: string) => string,
][] = [
  ['the customer’s page', ['customer'], (token, code) => `/don/${code}/?k=${token}`],
  ['the data page', ['customer', 'data'], (token, code) => `/don/${code}/du-lieu/?k=${token}`],
  ['the staff page', ['mailed', 'fresh'], (token, code) => `/viec/${code}.${token}/`],
  ['the week', ['week'], (token) => `/viec/lich/${token}/`],
  ['the form for callers', ['week'], (token) => `/viec/lich/${token}/them/`],
];

/** The keys that a kind is signed by. */
const keysOf = (kind: Kind): LinkKeys => (kind === 'customer' ? linkKeys : staffKeys);

describe('a link', () => {
  test('opens its own pages of its own record and epoch, by its own keyring and in its time', async () => {
    const booking = await submitBooking();
    const other = await submitBooking({ date: '2026-11-27', phone: '0913 000 111' });
    const epoch = await raiseEpoch(env.DB, 'staff', later(NOW, { days: -1 }));
    const opened: string[] = [];
    const wanted: string[] = [];
    for (const kind of Object.keys(kinds) as Kind[]) {
      const make = (record: LinkedRecord, changes: Partial<StaffSigning> = {}) =>
        kinds[kind]({ keys: keysOf(kind), now: NOW, epoch, ...changes }, record).then(tokenOf);
      const foreign = kind === 'customer' ? staffKeys : linkKeys;
      const tokens: Record<string, string> = {
        right: await make(booking),
        'foreign keyring': await make(booking, { keys: foreign }),
        'with more behind': `${await make(booking)}.x`,
        ...(kind === 'week' ? {} : { 'other record': await make(other) }),
        ...(kind === 'customer'
          ? {}
          : {
              'epoch before': await make(booking, { epoch: 0 }),
              'epoch to come': await make(booking, { epoch: epoch + 1 }),
            }),
        ...(kind === 'customer' || kind === 'mailed'
          ? {}
          : { 'too old': await make(booking, { now: later(NOW, { days: -8 }) }) }),
      };
      for (const [variant, token] of Object.entries(tokens)) {
        for (const [name, allowed, pathOf] of pages) {
          const { status } = await send(pathOf(token, booking.code), {
            headers: { Accept: 'text/html' },
          });
          const line = `${kind} (${variant}) on ${name}`;
          if (status === 200) opened.push(line);
          else expect([line, status]).toEqual([line, expect.toBeOneOf([403, 404, 410])]);
          if (variant === 'right' && allowed.includes(kind)) wanted.push(line);
        }
      }
    }
    expect(opened).toEqual(wanted);
  });

  test.each([
    ['STAFF_KEYS', ['mailed', 'fresh', 'week', 'data']],
    ['LINK_KEYS', ['customer']],
  ] as const)('ends with the keys of %s, and the others stay', async (name, ended) => {
    const booking = await submitBooking();
    const newKey = `whsec_${btoa('n'.repeat(32))}`;
    const paths = await Promise.all(
      (Object.keys(kinds) as Kind[]).map(
        async (kind) =>
          [kind, await kinds[kind]({ keys: keysOf(kind), now: NOW, epoch: 0 }, booking)] as const,
      ),
    );
    const headers = { Accept: 'text/html' };
    for (const [kind, path] of paths) {
      const rotating = { env: { ...env, [name]: `${newKey} ${env[name]}` } };
      const rotated = { env: { ...env, [name]: newKey } };
      expect((await send(path, { headers }, rotating)).status).toBe(200);
      const isOpen = (await send(path, { headers }, rotated)).status === 200;
      expect([kind, isOpen]).toEqual([kind, !(ended as readonly Kind[]).includes(kind)]);
    }
  });
});

test.each(['mailed', 'fresh', 'week', 'data'] as const)(
  'a link that does not open (%s) has cost one trip to the database',
  async (kind) => {
    const booking = await submitBooking();
    const signing = { keys: staffKeys, now: NOW, epoch: 7 };
    const path = await kinds[kind](signing, booking);
    let trips = 0;
    const DB = wrapDatabase(env.DB, (call) => {
      trips += 1;
      return call();
    });
    const answer = await send(path, { headers: { Accept: 'text/html' } }, { env: { ...env, DB } });
    expect([answer.status, trips]).toEqual([403, 1]);
  },
);

describe('an action token', () => {
  const roles: readonly ActionRole[] = ['customer', 'staff', 'data', 'erase'];
  const forms = [
    ['the customer’s page', ['customer'], 'customer', { act: 'cancel', sure: 'yes' }],
    ['the staff page', ['staff'], 'mailed', { act: 'decline', reason: 'full' }],
    ['the data page of the sender', ['customer'], 'customer', { act: 'withdraw', sure: 'yes' }],
    [
      'the data page that staff opened',
      ['data', 'erase'],
      'data',
      { act: 'withdraw', sure: 'yes' },
    ],
    ['the form that asks again', ['erase'], 'data', { act: 'erase', sure: 'yes' }],
  ] as const;

  test.each(forms)(
    'acts on %s only where it is from there',
    async (name, allowed, kind, fields) => {
      for (const role of roles) {
        for (const keys of [linkKeys, staffKeys]) {
          const booking = await submitBooking({ name: `${role} ${keys === linkKeys}` });
          const path = await kinds[kind]({ keys: keysOf(kind), now: NOW, epoch: 0 }, booking);
          const target = name.includes('data page of') ? path.replace('/?', '/du-lieu/?') : path;
          const token = await issueActionToken({ keys, now: NOW }, { ...booking, role });
          const answer = await new Visitor(NOW).post(target, { ...fields, token });
          const isOwn = keys === (role === 'customer' ? linkKeys : staffKeys);
          const mayAct = isOwn && (allowed as readonly ActionRole[]).includes(role);
          expect([role, isOwn, answer.status === 303]).toEqual([role, isOwn, mayAct]);
          const { state } = await readBooking(booking.id);
          expect([role, state === 'requested']).toEqual([role, !mayAct]);
          await env.DB.prepare('delete from seats').run();
        }
      }
    },
  );
});

describe('the epoch of staff links', () => {
  test('rises at each closing, also where the clock stands still or was put back', async () => {
    expect(await findEpoch(env.DB, 'staff')).toBe(0);
    const first = await raiseEpoch(env.DB, 'staff', NOW);
    expect(first).toBe(NOW.getTime());
    expect(await raiseEpoch(env.DB, 'staff', NOW)).toBe(first + 1);
    expect(await raiseEpoch(env.DB, 'staff', later(NOW, { days: -3 }))).toBe(first + 2);
    expect(await findEpoch(env.DB, 'staff')).toBe(first + 2);
  });

  test('is never lower after a restore than before it, whatever the copy holds', async () => {
    const booking = await submitBooking();
    const before = await raiseEpoch(env.DB, 'staff', NOW);
    const paths = await Promise.all(
      [0, before].map((epoch) => staffPath({ keys: staffKeys, now: NOW, epoch }, booking)),
    );
    await env.DB.prepare('delete from link_epochs').run();
    const at = later(NOW, { minutes: 1, ms: 7 });
    const counts = { erased: 0 };
    const copy = { copyEndedAt: later(NOW, { days: -1 }), pending: true, armed: false, counts };
    await recordRestore(env.DB, { at, ...copy }).run();
    const epoch = await findEpoch(env.DB, 'staff');
    expect(epoch).toBe(at.getTime());
    const me = new Visitor(later(NOW, { minutes: 2 }));
    for (const path of paths) expect((await me.open(path)).status).toBe(403);
    const fresh = await staffPath({ keys: staffKeys, now: NOW, epoch }, booking);
    expect((await me.open(fresh)).status).toBe(200);
    expect(await raiseEpoch(env.DB, 'staff', NOW)).toBe(epoch + 1);
  });
});
