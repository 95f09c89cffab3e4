import { expect, test } from 'vitest';
import { services } from '../content/catalogue.ts';
import { nameServices, nameWork } from './visit-words.ts';

const [first, second] = services;

test('services are named once beside their sizes', () => {
  if (first === undefined || second === undefined) throw new Error('two services are needed');
  const one = { id: first.id, quantity: 45, answers: {} };
  const other = { id: second.id, quantity: null, answers: {} };
  const alone = nameWork({ visit: 'work', services: [one] });
  expect(alone.startsWith(`${first.name} · 45 `)).toBe(true);
  const both = { visit: 'survey', services: [one, other] } as const;
  expect(nameWork(both).split(first.name)).toHaveLength(2);
  expect(nameWork(both).endsWith(`, ${second.name}`)).toBe(true);
  expect(nameWork(both).startsWith(nameServices(both).slice(0, 20))).toBe(true);
});
