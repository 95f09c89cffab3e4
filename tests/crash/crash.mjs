// Kills the server and all its processes again and again while bookings come in. Afterwards no acknowledged booking may be
// lost, and no file left behind may hold what the customers typed.
//   node tests/crash/crash.mjs --kills 10
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { queryDatabase } from '../../scripts/database/query-database.ts';
import { startDevServer } from '../../scripts/tools/dev-server.mjs';
import { freePort } from '../../scripts/tools/free-port.mjs';
import { ensureLocalSecrets } from '../../scripts/tools/secrets.mjs';
import { findLeftovers, leftoverRoots } from '../browser/leftovers.ts';
import { startDispatch } from './dispatch.mjs';
import { listSlots, MARKERS, underLoad, writeBookings } from './load.mjs';

/**
 * @typedef {import('./load.mjs').Load} Load
 * @typedef {import('./dispatch.mjs').Dispatch} Dispatch
 */

const WRITERS = 8;
/** Bookings of all loads together: there are only a few hundred seats. */
const BOOKINGS_MAX = 400;
/** Bookings of one load before its kill, at least. */
const BOOKINGS_MIN = 10;
/** Longer than the slowest bad answer of dispatch: the clock outruns the lease of an attempt that is under way. */
const CRON_EVERY_MS = 5_000;
/**
 * Runs of cron until all must be delivered. Each sets the clock on by a minute more than the one before, so that they reach over
 * thirteen hours: attempt by attempt may fail in this run, and the waits between them grow from one minute to five hours.
 */
const RUNS_MAX = 40;
/** Phones that are searched for, of the hundreds given: what a file keeps of one it keeps of all. */
const SEARCHED_PHONES = 20;

/**
 * A number of bookings for one load, so that the kill comes at another point each time.
 * @param {number} kills
 */
function bookingsOf(kills) {
  const most = Math.min(BOOKINGS_MAX / kills, 100);
  return BOOKINGS_MIN + Math.floor(Math.random() * (most - BOOKINGS_MIN));
}

/**
 * Runs cron, at a later time each run, until dispatch has every acknowledged job and no delivery is due any more, mails to staff
 * included. Answers the codes that dispatch still lacks after the last run.
 * @param {Load} load
 * @param {Dispatch} dispatch
 */
async function runCron(load, dispatch) {
  const missing = () => [...load.acknowledged.keys()].filter((code) => !dispatch.jobs.has(code));
  for (let run = 1; run <= RUNS_MAX; run += 1) {
    if (missing().length === 0 && !(await isUnderWay(load))) break;
    await fetch(`${load.url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`);
    await pause(CRON_EVERY_MS);
    await setAhead(load, dispatch, dispatch.minutesAhead + run);
  }
  return missing();
}

/**
 * Sets the clocks of both ends of a delivery.
 * @param {Load} load
 * @param {Dispatch} dispatch
 * @param {number} aheadMinutes
 */
async function setAhead({ url }, dispatch, aheadMinutes) {
  const answer = await fetch(`${url}/dev/clock`, {
    method: 'POST',
    body: JSON.stringify({ aheadMinutes }),
  });
  if (!answer.ok) throw new Error(`/dev/clock answered ${answer.status}`);
  dispatch.minutesAhead = aheadMinutes;
}

/**
 * Whether the server has a delivery that was attempted or should have been.
 * @param {Load} load
 */
async function isUnderWay({ url }) {
  const answer = await fetch(`${url}/api/health`);
  /** @type {{ oldestUndeliveredSeconds: number | null }} */
  const health = await answer.json();
  return health.oldestUndeliveredSeconds !== 0;
}

/**
 * The answer of a page; it is asked again where the database, which fails now and then in this run, kept it back.
 * @param {URL} url
 */
async function openPage(url) {
  for (let tries = 1; ; tries += 1) {
    const page = await fetch(url);
    if (page.status !== 503 || tries === 5) return page;
  }
}

/**
 * Acknowledged codes whose page is not there.
 * @param {Load} load
 */
async function findLost(load) {
  const lost = [];
  for (const [code, statusUrl] of load.acknowledged) {
    const page = await openPage(new URL(statusUrl, load.url));
    if (!page.ok || !(await page.text()).includes(code)) lost.push(code);
  }
  return lost;
}

/**
 * Deliveries that are neither delivered nor superseded, from the database itself.
 * @param {string} state
 */
function listUnfinished(state) {
  const sql = `select kind, channel, status, attempts, last_result, created_at, next_attempt_at from deliveries
    where kind <> 'digest' and status not in ('delivered', 'superseded')`;
  return queryDatabase(sql, ['--persist-to', state]);
}

/**
 * Files of the run, the server's log among them, that hold what a customer typed.
 * @param {Load} load
 * @param {string} folder
 */
function findTyped(load, folder) {
  const phones = [...load.phones]
    .slice(0, SEARCHED_PHONES)
    .flatMap((phone) => [phone, `84${phone.slice(1)}`]);
  return findLeftovers(leftoverRoots(folder), [...Object.values(MARKERS), ...phones]);
}

/**
 * One load after another, each ended by a SIGKILL to the whole process group.
 * @param {Load} load
 * @param {{ kills: number, start: () => Promise<import('../../scripts/tools/dev-server.mjs').DevServer>, dispatch: Dispatch }} plan
 */
async function killUnderLoad(load, { kills, start, dispatch }) {
  for (let kill = 1; kill <= kills; kill += 1) {
    const server = await start();
    const slots = await listSlots(load.url);
    load.stopped = false;
    const writers = Array.from({ length: WRITERS }, () => writeBookings(load, slots));
    await underLoad(load, load.acknowledged.size + bookingsOf(kills));
    process.kill(-server.pid, 'SIGKILL');
    load.stopped = true;
    await Promise.all([server.ended, ...writers]);
    console.log(
      `kill ${kill}: ${load.acknowledged.size} acknowledged, ${dispatch.jobs.size} at dispatch`,
    );
  }
}

/** @param {number} kills */
async function crash(kills) {
  ensureLocalSecrets();
  const state = mkdtempSync(path.join(tmpdir(), 'crash-'));
  // What the server calls temporary lies in the run's own folder, where it can be searched.
  process.env['TMPDIR'] = path.join(state, 'tmp');
  mkdirSync(process.env['TMPDIR']);
  const dispatch = await startDispatch();
  const port = await freePort();
  const limits = ['FLOOD_LIMIT', 'NETWORK_LIMIT', 'UNCONFIRMED_LIMIT', 'STAFF_MAIL_LIMIT'];
  const vars = [
    `DISPATCH_URL:http://127.0.0.1:${dispatch.port}/jobs`,
    ...limits.map((name) => `${name}:1000000`),
    'STRICT_STORES:yes',
  ];
  const args = vars.flatMap((text) => ['--var', text]);
  const log = path.join(state, 'server.log');
  const start = () => startDevServer({ port, persistTo: state, args, log });
  const url = `http://127.0.0.1:${port}`;
  /** @type {Load} */
  const load = { url, acknowledged: new Map(), phones: new Set(), next: 0, stopped: false };
  try {
    await killUnderLoad(load, { kills, start, dispatch });
    const server = await start();
    const undelivered = await runCron(load, dispatch);
    const lost = await findLost(load);
    await server.stop();
    const left = findTyped(load, state);
    if (left.length > 0) console.log(`Personal values in ${left.join(', ')}`);
    const unfinished = await listUnfinished(state);
    for (const row of unfinished) console.log(JSON.stringify(row));
    const counts = {
      lost: lost.length,
      'not at dispatch': undelivered.length,
      unfinished: unfinished.length,
      'files with personal values': left.length,
    };
    const words = Object.entries(counts).map(([name, count]) => `${name}: ${count}`);
    console.log(`${load.acknowledged.size} acknowledged; ${words.join(', ')}`);
    return load.acknowledged.size > 0 && Object.values(counts).every((count) => count === 0);
  } finally {
    dispatch.close();
    rmSync(state, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { kills: { type: 'string', default: '10' } } });
process.exitCode = (await crash(Number(values.kills))) ? 0 : 1;
