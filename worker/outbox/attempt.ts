import { later } from '../../shared/time.ts';
import { isServiceFailure } from '../base/failures.ts';
import { log, logError } from '../base/log.ts';
import { waitAtMost, withTimeout } from '../base/timeout.ts';
import { type DeliveryBy, type DeliveryRow, readDelivery } from '../store/deliveries.ts';
import { claimDeliveries } from '../store/delivery-attempts.ts';
import { insertDisclosures } from '../store/disclosures.ts';
import { keepSubjects } from '../store/mail-subjects.ts';
import { prepareDispatchWebhook } from './dispatch-webhook.ts';
import { prepareCustomerEmail } from './mails/customer-email.ts';
import { prepareConfirmation, prepareLetter } from './mails/letter.ts';
import { preparePlanEmail } from './mails/plan-email.ts';
import { prepareStaffPush } from './staff-push.ts';
import { prepareStaffEmail } from './mails/staff-email.ts';
import {
  collectSources,
  type Prepared,
  type Preparing,
  type Sending,
  type Sources,
} from './prepare.ts';
import { type EndedAttempt, recordResults } from './record-results.ts';
import { type SendResult, tryAgain } from './result.ts';

/** How long a lease keeps other attempts away. It outlives the three time limits of an attempt together. */
const LEASE_MS = 60_000;
/** Time limit of building one mail or body, which asks the key store and sometimes the database. */
const BUILD_TIMEOUT_MS = 10_000;
const LEDGER_TIMEOUT_MS = 10_000;
/** Two staff addresses of 15 seconds each. */
const SEND_TIMEOUT_MS = 32_000;
/** Results that come within this time are recorded together. A slow receiver holds up no result but its own. */
const GATHER_MS = 250;

/**
 * How a delivery stands afterwards. `skipped`: not due, or another attempt is under way. `unrecorded`: attempted, but the database
 * did not take the result; its lease runs out and it is tried again under the same id.
 */
type DeliveryState = 'delivered' | 'due' | 'dead' | 'superseded' | 'skipped' | 'unrecorded';

interface Attempt {
  delivery: DeliveryRow;
  prepared: Prepared<Sending>;
}

type ReadyAttempt = Attempt & { prepared: { ready: true } };

/**
 * Makes one attempt of each delivery that is due: claims them, builds what they send, writes the ledger, sends, and records how
 * they ended, each step for all of them together. One that fails or throws leaves the others as they are. Throws only where the
 * claim fails; then no row is claimed, or its lease runs out.
 */
export async function deliverAll(
  env: Env,
  ids: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, DeliveryState>> {
  const leaseEndsAt = later(now, { ms: LEASE_MS });
  const states = new Map<string, DeliveryState>(ids.map((id) => [id, 'skipped']));
  const { deliveries, records } = await claimDeliveries(env.DB, { ids, now, leaseEndsAt });
  const sources = collectSources(env, records, now);
  const attempts = await Promise.all(
    deliveries.map(async (delivery) => ({
      delivery,
      prepared: await prepare({ env, delivery, now, records: sources }),
    })),
  );
  const written = await writeLedger(env.DB, attempts, now);
  for await (const ended of sendSideBySide(written)) {
    for (const { delivery } of ended) states.set(delivery.id, 'unrecorded');
    for (const [id, state] of await record(env.DB, ended, now)) states.set(id, state);
  }
  return states;
}

/** One delivery by itself. */
export async function deliverOne(env: Env, id: string, now: Date): Promise<DeliveryState> {
  return (await deliverAll(env, [id], now)).get(id) ?? 'skipped';
}

async function prepare(given: {
  env: Env;
  delivery: DeliveryRow;
  now: Date;
  records: Sources;
}): Promise<Prepared<Sending>> {
  try {
    return await withTimeout(build(given), BUILD_TIMEOUT_MS);
  } catch (error) {
    return { ready: false, result: resultOf(error, given.delivery) };
  }
}

async function build({
  delivery: row,
  ...given
}: Parameters<typeof prepare>[0]): Promise<Prepared<Sending>> {
  const delivery = readDelivery(row);
  switch (delivery.channel) {
    case 'dispatch':
      return prepareDispatchWebhook({ ...given, delivery });
    case 'staff-email':
      return prepareStaffEmail({ ...given, delivery });
    case 'customer-email':
      return buildForCustomer({ ...given, delivery });
    case 'letter':
      return prepareLetter({ ...given, delivery });
    case 'staff-push':
      return prepareStaffPush({ ...given, delivery });
  }
}

function buildForCustomer({
  delivery,
  ...given
}: Preparing<DeliveryBy<'customer-email'>>): Promise<Prepared<Sending>> {
  switch (delivery.subjectKind) {
    case 'booking':
      return prepareCustomerEmail({ ...given, delivery });
    case 'plan':
      return preparePlanEmail({ ...given, delivery });
    case 'subscriber':
      return prepareConfirmation({ ...given, delivery });
  }
}

/** Writes what is about to be disclosed, and the subjects, before anything is sent. Where that fails, nothing is. */
async function writeLedger(
  db: D1Database,
  attempts: readonly Attempt[],
  now: Date,
): Promise<readonly Attempt[]> {
  const ready = attempts.filter((attempt): attempt is ReadyAttempt => attempt.prepared.ready);
  const disclosures = ready.flatMap(({ delivery, prepared: { value } }) => {
    const { id, subjectId, kind } = delivery;
    const entry = { id, subjectId, kind, result: 'attempted', at: now } as const;
    return value.disclosed === null ? [] : [{ ...entry, ...value.disclosed }];
  });
  const subjects = ready.flatMap(({ delivery: { id, mailSubject }, prepared: { value } }) =>
    value.subject === null || mailSubject !== null ? [] : [{ id, subject: value.subject }],
  );
  const statements = [
    ...(disclosures.length === 0 ? [] : [insertDisclosures(db, disclosures)]),
    ...(subjects.length === 0 ? [] : [keepSubjects(db, subjects)]),
  ];
  if (statements.length === 0) return attempts;
  try {
    await withTimeout(db.batch(statements), LEDGER_TIMEOUT_MS);
    return attempts;
  } catch (error) {
    return attempts.map(({ delivery, prepared }) => ({
      delivery,
      prepared: prepared.ready ? { ready: false, result: resultOf(error, delivery) } : prepared,
    }));
  }
}

/** Sends all at the same time, and gives the results in groups as they come. */
async function* sendSideBySide(attempts: readonly Attempt[]): AsyncGenerator<EndedAttempt[]> {
  const ended: EndedAttempt[] = [];
  const running = new Set<Promise<unknown>>();
  for (const { delivery, prepared } of attempts) {
    const sending: Promise<unknown> = send(delivery, prepared).then((result) => {
      ended.push({ delivery, result });
      running.delete(sending);
    });
    running.add(sending);
  }
  while (running.size + ended.length > 0) {
    if (ended.length === 0) await Promise.race(running);
    await waitAtMost(Promise.all(running), GATHER_MS);
    yield ended.splice(0);
  }
}

async function send(delivery: DeliveryRow, prepared: Prepared<Sending>): Promise<SendResult> {
  if (!prepared.ready) return prepared.result;
  try {
    return await withTimeout(prepared.value.send(), SEND_TIMEOUT_MS);
  } catch (error) {
    return resultOf(error, delivery);
  }
}

function resultOf(error: unknown, { id }: DeliveryRow): SendResult {
  if (!isServiceFailure(error)) {
    // A bug in one mail or body says nothing of its channel, which goes on with the others.
    logError('delivery_bug', error, { deliveryId: id });
    return tryAgain('again', 'bug');
  }
  logError('delivery_failed', error, { deliveryId: id });
  // Database, key store or keys: what stops one delivery stops the channel's others too.
  return tryAgain('down', 'failed');
}

/** Records results, a second time where the first fails: without the record, what was sent would be sent again. */
async function record(
  db: D1Database,
  ended: readonly EndedAttempt[],
  now: Date,
): Promise<readonly (readonly [id: string, state: DeliveryState])[]> {
  const write = () => recordResults(db, ended, now);
  try {
    const statuses = await write().catch((error: unknown) => {
      logError('settle_failed', error, { count: ended.length });
      return write();
    });
    for (const [at, { delivery, result }] of ended.entries()) {
      log('delivery', {
        deliveryId: delivery.id,
        channel: delivery.channel,
        kind: delivery.kind,
        attempt: delivery.attempts,
        outcome: statuses[at] ?? null,
        result: result.result,
      });
    }
    return ended.map(({ delivery }, at) => [delivery.id, statuses[at] ?? 'unrecorded']);
  } catch (error) {
    logError('settle_failed', error, { count: ended.length });
    return [];
  }
}
