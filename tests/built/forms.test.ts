import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { serviceFieldNames } from '../../shared/forms/booking.ts';
import { consentWordings } from '../../shared/forms/consent.ts';
import { askFor, fieldsOf, isRequired, listFields } from '../../shared/privacy/register-fields.ts';
import { decodeEntities } from '../../shared/text.ts';
import { DIST } from './site.ts';

const forms = [
  [
    'booking',
    'dat-lich/index.html',
    ['service', 'ward', 'wardName', 'date', 'window', 'slot', 'day', 'from', ...serviceFieldNames],
  ],
  ['contact', 'lien-he/index.html', ['kind', 'code', 'proof']],
] as const;

describe.each(forms)('the built form %s', (form, file, ofTheJob) => {
  const page = readFileSync(path.join(DIST, file), 'utf8');
  const [html = ''] = /<form method="post" action="\/api\/[^]*?<\/form>/.exec(page) ?? [];
  const controls = Array.from(html.matchAll(/<(?:input|textarea|select)\b[^>]*>/g), ([tag]) => tag);
  const nameOf = (tag: string) => /\sname="([^"]+)"/.exec(tag)?.[1] ?? '';

  test('asks for what the register says, by its words, and no personal field more', () => {
    for (const field of listFields()) {
      const tag = controls.find((one) => nameOf(one) === field);
      expect([field, tag !== undefined]).toEqual([field, fieldsOf(form).includes(field)]);
      if (tag === undefined) continue;
      expect([field, /\srequired/.test(tag)]).toEqual([field, isRequired(form, field)]);
      expect(html).toContain(`<label for="${field}">${askFor(form, field)}</label>`);
    }
  });

  test('has no control that is neither of the register nor of the job', () => {
    const known = [...fieldsOf(form), ...ofTheJob, 'consent', 'policy', 'intent', 'website'];
    const sent = controls.map(nameOf).filter((name) => name !== '');
    expect(sent.filter((name) => !known.includes(name))).toEqual([]);
  });

  test('asks for consent in the words whose id the receipt names, unticked', () => {
    const box = controls.find((one) => nameOf(one) === 'consent') ?? '';
    expect(box).toContain('type="checkbox"');
    expect(box).not.toMatch(/\schecked/);
    expect(decodeEntities(html)).toContain(consentWordings[form].text);
  });
});
