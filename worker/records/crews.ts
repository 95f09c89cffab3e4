import { crews, findCrew } from '../../shared/content/catalogue.ts';
import { canTransition } from '../../shared/states.ts';
import type { Booking } from '../store/bookings.ts';

/** The crew that does a job on its day: the one it was given to, unless that is off or no longer exists. */
export function crewOf({ crew }: Booking, off: ReadonlySet<string>): string | null {
  return crew === null || off.has(crew) || findCrew(crew) === undefined ? null : crew;
}

export function crewName(id: string | null): string {
  return (id === null ? undefined : findCrew(id)?.name) ?? 'Chưa có đội';
}

/** The crews that have another job while a job is done, each with that job. */
export function busyCrews(
  job: Booking,
  jobs: readonly Booking[],
  off: ReadonlySet<string>,
): ReadonlyMap<string, Booking> {
  const others = jobs.filter(
    ({ id, state, visitStartsAt, visitEndsAt }) =>
      id !== job.id &&
      canTransition(state, 'assign') &&
      visitStartsAt < job.visitEndsAt &&
      job.visitStartsAt < visitEndsAt,
  );
  return new Map(
    others.flatMap((other) => {
      const crew = crewOf(other, off);
      return crew === null ? [] : [[crew, other] as const];
    }),
  );
}

/** The crew that a form of `assignChoices` gives a job to, null to take it back; undefined where none that works was chosen. */
export function readCrewChoice(
  chosen: string | undefined,
  off: ReadonlySet<string>,
): string | null | undefined {
  if (chosen === 'none') return null;
  const crew = findCrew(chosen ?? '');
  return crew === undefined || off.has(crew.id) ? undefined : crew.id;
}

/** The crews that a job can be given to by one tap, and to take it back. */
export function assignChoices(
  job: Booking,
  off: ReadonlySet<string>,
  busy: ReadonlyMap<string, Booking>,
) {
  const current = crewOf(job, off);
  const others = crews.filter(({ id }) => !off.has(id) && id !== current);
  const rows = others.map(({ id, name }) => ({ id, label: busy.has(id) ? `${name} (bận)` : name }));
  return current === null ? rows : [...rows, { id: 'none', label: 'Bỏ đội' }];
}
