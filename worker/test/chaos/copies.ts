import type { Invocation } from './invocation';
import type { Arrival } from './receiver';
import type { TakenMail } from './mailbox';

/** One sending of a message: what it says, under which id, and what its sender knows of it. */
interface Sending {
  id: string;
  /** What makes two sendings the same message. */
  says: string;
  seen: boolean;
  invocation: Invocation;
  faultsBefore: number;
}

/**
 * A copy only follows a sending whose 2xx was not seen, or one whose mark failed; it says the same, and what says the same has
 * the same id, for dispatch and for e-mail alike.
 */
export function brokenCopies(world: {
  receiver: { arrivals: readonly Arrival[] };
  mailbox: { taken: readonly TakenMail[] };
}): string[] {
  return [
    ...findCopies(world.receiver.arrivals.map(readArrival)),
    ...findCopies(world.mailbox.taken.map(readMail)),
  ];
}

function findCopies(sendings: readonly Sending[]): string[] {
  const sameId = [...Map.groupBy(sendings, ({ id }) => id).values()];
  const unfounded = sameId.flatMap((copies) =>
    copies.slice(1).flatMap((copy, at) => {
      const before = copies[at];
      if (before === undefined) return [];
      const unmarked = before.invocation.faults > before.faultsBefore;
      const fine = copy.says === before.says && (!before.seen || unmarked);
      return fine ? [] : [`${copy.says} came again without a reason`];
    }),
  );
  const sameWords = [...Map.groupBy(sendings, ({ says }) => says)];
  const renamed = sameWords.flatMap(([says, copies]) =>
    new Set(copies.map(({ id }) => id)).size === 1 ? [] : [`${says} came under several ids`],
  );
  return [...unfounded, ...renamed];
}

function readArrival(arrival: Arrival): Sending {
  const { id, code, type, version, seen, invocation, faultsBefore } = arrival;
  return {
    id,
    says: `${type} ${version} of ${code}`,
    seen: seen !== null && seen < 300,
    invocation,
    faultsBefore,
  };
}

/** A mail is drawn anew each time, as things stand; by its id and its subject, which stay, it is the same. */
function readMail({ deliveryId, ...mail }: TakenMail): Sending {
  return { ...mail, id: deliveryId, says: `${mail.subject} (${deliveryId})` };
}
