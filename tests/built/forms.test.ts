import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { services as bookable } from '../../shared/content/catalogue.ts';
import { serviceFieldNames } from '../../shared/forms/booking.ts';
import { consentWording } from '../../shared/forms/consent.ts';
import { englishLabels } from '../../shared/forms/contact-english.ts';
import { languageOf } from '../../shared/languages.ts';
import { askFor, fieldsOf, isRequired, listFields } from '../../shared/privacy/register-fields.ts';
import { decodeEntities } from '../../shared/text.ts';
import { DIST } from './site.ts';

const forms = [
  [
    'booking',
    'dat-lich/index.html',
    [
      'service',
      'repeat',
      'ward',
      'wardName',
      'date',
      'window',
      'slot',
      'day',
      'from',
      ...serviceFieldNames,
    ],
  ],
  ['contact', 'lien-he/index.html', ['kind', 'code', 'proof']],
  ['contact', 'en/index.html', ['kind', 'code', 'lang']],
] as const;
/** A company may do without the page in English. */
const built = forms.filter(([, file]) => file !== 'en/index.html' || existsSync(`${DIST}/${file}`));

describe.each(built)('the built form %s of %s', (form, file, ofTheJob) => {
  const language = languageOf(`/${file}`);
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
      const label = language === 'en' ? englishLabels[field as 'name'] : askFor(form, field);
      expect(html).toContain(`<label for="${field}">${label}</label>`);
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
    expect(decodeEntities(html)).toContain(consentWording(form, language).text);
  });
});

test.each([
  ['dat-lich/index.html', bookable.filter(({ repeat, visit }) => repeat && visit === 'work')],
  // Staff agree on the work after a look with the same form.
  ['khung/goi-dien/index.html', bookable.filter(({ repeat }) => repeat)],
])('%s asks how often of the services that come again there', (file, regular) => {
  const page = readFileSync(path.join(DIST, file), 'utf8');
  const boxes = Array.from(page.matchAll(/<input type="checkbox" name="service"[^>]*>/g), String);
  const asked = boxes.filter((tag) => /\sdata-repeat\b/.test(tag));
  expect(boxes).toHaveLength(bookable.length);
  expect(asked.map((tag) => /\svalue="([^"]+)"/.exec(tag)?.[1])).toEqual(
    regular.map(({ id }) => id),
  );
});
