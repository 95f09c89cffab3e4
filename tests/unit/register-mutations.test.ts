import { beforeAll, describe, expect, test } from 'vitest';
import * as register from '../../shared/privacy/register.ts';
import { type EffectName, effects, withRegister } from './register-effects.ts';

type Leaf = { path: string; value: unknown };

/** What must change with which constant of the register. A constant that no line covers fails the test. */
const expectedEffects: readonly [RegExp, readonly EffectName[]][] = [
  [/^personalFields\.(name|phone|address)\.label$/, ['policy', 'dossier', 'form', 'payload']],
  // No form asks for these.
  [/^personalFields\.(covers|ratingWords)\.label$/, ['policy', 'dossier']],
  [/^personalFields\.(covers|ratingWords)\.(purpose|companions)$/, ['dossier']],
  [/^personalFields\.\w+\.written\.\w+$/, ['dossier']],
  [/^personalFields\.\w+\.label$/, ['policy', 'dossier', 'form']],
  [/^personalFields\.\w+\.asks\.\w+$/, ['form']],
  [/^personalFields\.\w+\.purpose$/, ['policy', 'dossier']],
  [/^personalFields\.\w+\.basis\.\w+$/, ['policy', 'dossier']],
  [/^personalFields\.\w+\.storage$/, ['policy', 'dossier']],
  [/^personalFields\.\w+\.forms$/, ['policy', 'dossier', 'form']],
  [/^personalFields\.\w+\.needed\.\w+$/, ['policy', 'dossier', 'form']],
  [/^personalFields\.\w+\.recipients-cloudflare$/, ['policy', 'dossier']],
  [/^personalFields\.(name|phone|address)\.recipients-office$/, ['policy', 'dossier', 'payload']],
  [
    /^personalFields\.(name|phone|address)\.recipients-dispatch$/,
    ['policy', 'dossier', 'payload', 'chat'],
  ],
  [/^personalFields\.\w+\.recipients-office$/, ['policy', 'dossier']],
  [/^personalFields\.\w+\.recipients-(maps|zalo)$/, ['policy', 'dossier', 'links']],
  [/^personalFields\.\w+\.staffEmail-booking$/, ['dossier', 'payload']],
  [/^personalFields\.\w+\.staffEmail-contact$/, ['dossier']],
  [/^personalFields\.(phone|note)\.companions$/, ['dossier']],
  [/^recipients\.\w+\.(name|role|location|when)$/, ['policy', 'dossier']],
  [/^recipients\.\w+\.forms$/, ['policy', 'dossier']],
  [/^recipients\.\w+\.(hosts|abroad)$/, ['dossier']],
  [/^retention\.\w+\.period\.\w+$/, ['policy', 'dossier', 'purge']],
  [/^retention\.\w+\.(since|what)$/, ['policy', 'dossier']],
  [/^legalDeadlines\.\w+\.\w+$/, ['policy', 'dossier', 'rights']],
  [/^customerPage\.period\.days$/, ['policy', 'rights']],
  [/^networkHash\.\w+$/, ['dossier']],
];

const leaves = Object.entries(register).flatMap(([name, value]) => listLeaves(name, value));

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Every constant: single values, lists as a whole, and each entry of `recipients` and `staffEmail` by itself. */
function listLeaves(path: string, value: unknown): Leaf[] {
  if (isList(value)) {
    if (!/\.(recipients|staffEmail)$/.test(path))
      return value.length === 0 ? [] : [{ path, value }];
    return value.map((one) => ({ path: `${path}-${String(one)}`, value: one }));
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => listLeaves(`${path}.${name}`, inner))
    : [{ path, value }];
}

/** Changes one constant: a text gets another word, a number grows by one, a boolean turns, a list loses one entry. */
function mutate(copy: Record<string, unknown>, { path }: Leaf): void {
  const [constant = '', taken] = path.split('-');
  const names = constant.split('.');
  const last = names.pop() ?? '';
  const owner = names.reduce<Record<string, unknown>>(
    (one, name) => one[name] as Record<string, unknown>,
    copy,
  );
  owner[last] = mutated(owner[last], { last, taken });
}

function mutated(value: unknown, { last, taken }: { last: string; taken: string | undefined }) {
  if (isList(value)) {
    return taken === undefined ? value.slice(1) : value.filter((one) => one !== taken);
  }
  if (last === 'storage' && value === 'sealed') return 'database';
  if (value === 'always') return 'never';
  if (value === 'never' || value === 'oneOf') return 'always';
  if (typeof value === 'boolean') return !value;
  return typeof value === 'number' ? value + 1 : `${String(value)} khác`;
}

const before = {} as Record<EffectName, string>;

beforeAll(async () => {
  withRegister(() => undefined);
  for (const name of Object.keys(effects) as EffectName[]) before[name] = await effects[name]();
});

describe('the register', () => {
  test('agrees with what a policy shows of it as it stands', () => {
    expect(before.policy).toBe('');
  });

  test.each(Object.keys(effects) as EffectName[])('gives the same %s twice', async (name) => {
    withRegister(() => undefined);
    expect(await effects[name]()).toBe(before[name]);
  });

  test.each(leaves)('$path changes everything that depends on it', async (leaf) => {
    const expected = expectedEffects.find(([pattern]) => pattern.test(leaf.path))?.[1];
    if (expected === undefined) throw new Error(`Nothing depends on ${leaf.path}`);
    withRegister((copy) => mutate(copy, leaf));
    for (const name of expected) {
      expect([name, await effects[name]()]).not.toEqual([name, before[name]]);
    }
  });

  test.each(['name', 'phone', 'address'])(
    'leaves no empty line in the text for the crew where dispatch may not have the %s',
    async (field) => {
      withRegister((copy) =>
        mutate(copy, { path: `personalFields.${field}.recipients-dispatch`, value: 'dispatch' }),
      );
      const lines = (await effects.chat()).split('\n');
      expect(lines).toHaveLength(before.chat.split('\n').length - 1);
      expect(before.chat.split('\n')).toEqual(expect.arrayContaining(lines));
    },
  );

  test('says which policy to publish, and what it says otherwise', async () => {
    withRegister((copy) =>
      mutate(copy, { path: 'legalDeadlines.complaint.workingDays', value: 7 }),
    );
    expect(await effects.policy()).toBe(
      'Chính sách "bao-mat" bản 1 ghi "7 ngày làm việc" (Clock:complaint), sổ đăng ký nay ghi "8 ngày làm việc". ' +
        'Công bố bản mới: npm run policy -- publish bao-mat',
    );
  });
});
