import { windowsOn } from '../../shared/jobs/availability.ts';
import { areas, bookingRules, services } from '../../shared/content/catalogue.ts';
import { addDays } from '../../shared/time.ts';

/** Valid bookings one after another, each with a phone of its own and a place that is free until all places were given. */
export function makeBodies(today: string): () => string {
  let number = 0;
  const slots = listSlots(today);
  return () => {
    const slot = slots[Math.floor(number / bookingRules.seats) % slots.length];
    number += 1;
    return JSON.stringify({
      service: services.at(-1)?.id,
      quantity: '2',
      ward: areas.wards[0]?.code,
      address: `${number} Lê Lợi`,
      name: 'Nguyễn Thị Hoa',
      phone: `09${String(12_000_000 + number)}`,
      note: 'Cổng sau',
      consent: 'yes',
      ...slot,
    });
  };
}

function listSlots(today: string): { date: string; window: string }[] {
  return Array.from({ length: 3_600 }, (_, day) => addDays(today, day + 2)).flatMap((date) =>
    windowsOn(bookingRules, date).map(({ id }) => ({ date, window: id })),
  );
}
