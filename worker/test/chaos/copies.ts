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
 * Messages to dispatch and e-mails that break the rules of copies. A message may be sent again only where the sender did
 * not see the 2xx, or could not store that it was sent. A copy says the same under the same id.
 */
export function brokenCopies(simulation: {
  receiver: { arrivals: readonly Arrival[] };
  mailbox: { taken: readonly TakenMail[] };
}): string[] {
  return [
    ...findCopies(simulation.receiver.arrivals.map(readArrival)),
    ...findCopies(simulation.mailbox.taken.map(readMail)),
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

/** The text of a mail is built at each attempt; two mails are the same message by id and subject. */
function readMail({ deliveryId, ...mail }: TakenMail): Sending {
  return { ...mail, id: deliveryId, says: `${mail.subject} (${deliveryId})` };
}
