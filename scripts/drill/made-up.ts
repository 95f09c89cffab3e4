import { parseBookingRequest } from '../../shared/forms/booking.ts';
import { areas, bookingRules, services } from '../../shared/content/catalogue.ts';
import { windowsOn } from '../../shared/jobs/availability.ts';
import type { Rhythm } from '../../shared/jobs/rhythm.ts';
import { addDays, toVietnamDate } from '../../shared/time.ts';
import { acceptBooking } from '../../worker/records/accept-booking.ts';

/** Books for a made-up person, once or each week, on the first day from tomorrow that has a seat, through the Worker's own code. */
export async function bookMadeUp(
  env: Env,
  person: { name: string; phone: string; repeat?: Rhythm },
  now: Date,
): Promise<{ id: string; code: string }> {
  const [shortest] = services.toSorted((one, other) => one.windows - other.windows);
  for (let day = 1; day <= bookingRules.horizonDays; day += 1) {
    const date = addDays(toVietnamDate(now), day);
    const [window] = windowsOn(bookingRules, date);
    if (window === undefined) continue;
    const { name, phone } = person;
    const parsed = parseBookingRequest({
      ...{ name, phone, date },
      service: shortest?.id ?? '',
      ward: areas.wards[0]?.code ?? '',
      address: '1 ngõ Diễn Tập',
      window: window.id,
      consent: 'yes',
    });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    // Not every company has a service that comes again; the drill does not ask for one.
    const request = { ...parsed.request, repeat: person.repeat ?? null };
    const origin = 'web';
    const sent = { intent: null, holdReason: null, network: null };
    const outcome = await acceptBooking(env, { request, origin, ...sent, now });
    await outcome.cleanup;
    if (outcome.outcome === 'accepted') return outcome.record;
  }
  throw new Error('Không đặt được lịch cho người diễn tập.');
}
