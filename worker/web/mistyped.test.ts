import { expect, test } from 'vitest';
import { bookingFieldNames } from '../../shared/forms/booking.ts';
import { contactFieldNames } from '../../shared/forms/contact.ts';
import { letterFieldNames } from '../../shared/forms/letters.ts';
import { bookingFields, contactFields } from '../test/fixtures.ts';
import { count } from '../test/records.ts';
import { postJson, unlimited } from '../test/requests.ts';

const forms = [
  ['/api/bookings', bookingFields({ service: 've-sinh-nha-o' }), bookingFieldNames],
  ['/api/contact', contactFields(), contactFieldNames],
  ['/api/letters', { email: 'hoa@example.org', consent: 'yes' }, letterFieldNames],
] as const;

test.each(forms)(
  '%s answers 422 and names the field of a wrong type',
  async (path, fields, names) => {
    for (const name of names) {
      const answer = await postJson(path, { ...fields, [name]: [true] }, { env: unlimited });
      const { errors }: { errors?: { field: string }[] } = await answer.json();
      expect([name, answer.status, errors?.map(({ field }) => field)]).toEqual([name, 422, [name]]);
    }
    expect(await count('bookings')).toBe(0);
    expect(await count('messages')).toBe(0);
  },
);

test.each([[['weekly']], [{ every: 'week' }], [true], [7]])(
  'a request whose rhythm is %j is no single booking',
  async (repeat) => {
    const fields = { ...bookingFields({ service: 've-sinh-nha-o' }), repeat };
    const answer = await postJson('/api/bookings', fields);
    const { errors }: { errors?: { field: string }[] } = await answer.json();
    expect([answer.status, errors?.map(({ field }) => field)]).toEqual([422, ['repeat']]);
    expect(await count('bookings')).toBe(0);
  },
);
