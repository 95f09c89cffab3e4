import { ConfirmedSchema, type Launch } from '../../shared/content/launch.ts';
import { describeField } from '../content/field.ts';
import { type Finding, red, todo } from './finding.ts';

/** What the pages promise, or what no mail arrives without: nothing goes live before it is confirmed. */
const RED: readonly (keyof Launch['confirmed'])[] = [
  'reworkFree',
  'refundUndone',
  'quotedPriceHolds',
  'area',
  'units',
  'payment',
  'dispatchAgreement',
  'senderDomain',
  'staffAddresses',
];

/** What only the owner can confirm and has not yet. */
export function checkConfirmations({ confirmed, repository }: Launch): Finding[] {
  const open = Object.entries(ConfirmedSchema.entries).flatMap(([name, field]) => {
    const key = name as keyof Launch['confirmed'];
    if (confirmed[key] !== '') return [];
    const { title, description } = describeField(field);
    const message = `${title}: ${description} Xong thì ghi ngày vào đây.`;
    return [(RED.includes(key) ? red : todo)(`content/launch.json → confirmed.${name}`, message)];
  });
  return repository === ''
    ? [
        ...open,
        todo(
          'content/launch.json → repository',
          'Ghi kho GitHub để người viết dùng được /admin/ trên trang thật.',
        ),
      ]
    : open;
}
