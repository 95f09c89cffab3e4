import type { CorrectionField } from '../../shared/forms/correction.ts';
import { type Person, personToFields } from '../../shared/forms/person.ts';
import { formatPhone, maskPhone } from '../../shared/phone.ts';
import type { PersonView } from '../personal-data/read-person.ts';
import type { Booking } from '../store/bookings.ts';
import { heldFields } from '../wording/person.ts';
import { sizeValues } from '../wording/sizes.ts';
import { canShowDetails, type OpenedLink } from './access.ts';

/**
 * A record's personal data on its sender's page. By the own link and the one that the whole number led to: a masked number, and
 * everything after a press. By the one that four digits led to: nothing, not even the masked number, which would leave two
 * digits to guess.
 */
export function personData(view: PersonView, link: OpenedLink) {
  const isThere = view.state !== 'ended';
  const canShow = canShowDetails(link);
  return {
    phone: link.isShown ? null : phoneOf(view, link),
    details: link.isShown && view.state === 'open' ? heldFields(view.person) : [],
    detailsEnded: !isThere,
    canShow: isThere && canShow && !link.isShown,
    asksNumber: isThere && !canShow,
    dataHref: canShow ? dataPathOf(link) : null,
  };
}

/** The number of a record's sender, masked unless the details are shown; null where it cannot be read. */
export function phoneOf(view: PersonView, link: OpenedLink): string | null {
  if (view.state !== 'open' || view.person.phone === null || !canShowDetails(link)) return null;
  return link.isShown ? formatPhone(view.person.phone) : maskPhone(view.person.phone);
}

function dataPathOf({ self }: OpenedLink): string {
  return self.replace('/?', '/du-lieu/?');
}

/** What can be corrected of a booking, as the fields of its forms hold it. */
export function correctableValues(
  person: Person,
  { services }: Pick<Booking, 'services'>,
): Record<CorrectionField, string> {
  return { ...personToFields(person), quantity: '', ...sizeValues(services) };
}
