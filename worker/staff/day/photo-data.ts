import { toVietnamDate } from '../../../shared/time.ts';
import { tryListPhotos } from '../../personal-data/photo-store.ts';
import { photoRows, photosOf, takesPhotos } from '../../photos/page-data.ts';
import type { Booking } from '../../store/bookings.ts';
import type { AppContext } from '../../web/context.ts';
import { type Day, selfPath } from './day.ts';

/** A crew's pictures of its job: those it took while the day is open, and on the day itself the way to add some. */
export async function crewPhotos(c: AppContext, day: Day, { job, isOpen }: CrewJob) {
  if (day.crew === null) return { photoAction: null, photos: [] };
  const hrefOf = (part: string) => `${selfPath(day)}${part}?job=${job.id}`;
  const listed = isOpen ? ((await tryListPhotos(c.env, job.id)) ?? []) : [];
  return {
    photoAction: takesCrewPhotos(c, day, job) ? hrefOf('anh/') : null,
    photos: photoRows(photosOf(listed, 'crew'), { hrefOf, mayDelete: () => true }),
  };
}

interface CrewJob {
  job: Booking;
  isOpen: boolean;
}

/** Whether a job takes its crew's pictures now: on its day, while it is not off. */
export function takesCrewPhotos(c: AppContext, { date }: Day, job: Booking): boolean {
  return date === toVietnamDate(c.var.now) && takesPhotos({ kind: 'booking', booking: job });
}
