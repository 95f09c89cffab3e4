// Kills the whole house again and again while bookings come in, and sees that none that was acknowledged is lost.
//   node scripts/crash.mjs --kills 10
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { startDevServer } from './dev-server.mjs';
import { createReceiver } from './dispatch-receiver.mjs';
import { quietEnvironment, ROOT } from './environment.mjs';
import { freePort } from './free-port.mjs';
import { ensureLocalSecrets } from './secrets.mjs';

const WRITERS = 8;
/** Bookings that all the loads together may take: there are few hundred places to book. */
const BOOKINGS_MAX = 400;
/** Bookings of one load before its kill, at least. */
const BOOKINGS_MIN = 10;
const LOAD_TIMEOUT_MS = 60_000;
/** A lease of an attempt that died lasts a minute; the rest comes with the clock after it. */
const SETTLE_MS = 240_000;
const CLOCK_EVERY_MS = 5_000;

/**
 * @typedef {{ url: string, acknowledged: Map<string, string>, next: number, stopped: boolean }} Load
 * @typedef {{ jobs: Map<string, unknown>, port: number, close: () => void }} Dispatch
 */

/**
 * A dispatch receiver outside the house, so that it outlives the kills.
 * @returns {Promise<Dispatch>}
 */
async function startDispatch() {
  const secrets = readFileSync(path.join(ROOT, '.dev.vars'), 'utf8');
  const keys = /^DISPATCH_KEYS\s*=\s*"?([^"\n]+)/m.exec(secrets)?.[1] ?? '';
  const receiver = createReceiver({ keys });
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      void receiver
        .receive(request.headers, body)
        .then(({ status }) => response.writeHead(status).end());
    });
  });
  const port = await freePort();
  await new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(null)));
  return { jobs: receiver.jobs, port, close: () => server.close() };
}

/**
 * One customer after another, each with a phone of their own; an answer that was not seen counts for nothing.
 * @param {Load} load
 * @param {{ date: string, window: string }[]} slots
 */
async function writeBookings(load, slots) {
  while (!load.stopped) {
    const number = load.next++;
    const slot = slots[number % slots.length];
    const body = JSON.stringify({
      service: 'giat-ghe-sofa',
      ward: '16690',
      address: `${number} Lê Lợi`,
      name: `Khách ${number}`,
      phone: `09${String(12_000_000 + number)}`,
      consent: 'yes',
      ...slot,
    });
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const answer = await fetch(`${load.url}/api/bookings`, { method: 'POST', headers, body })
      .then(readAnswer)
      .catch(() => null);
    if (answer?.status === 201) load.acknowledged.set(answer.json.code, answer.json.statusUrl);
    if (answer === null) await pause(20);
  }
}

/** @param {Response} response */
async function readAnswer(response) {
  /** @type {{ code: string, statusUrl: string }} */
  const json = await response.json();
  return { status: response.status, json };
}

/** @param {string} url */
async function listSlots(url) {
  const answer = await fetch(`${url}/api/availability?service=giat-ghe-sofa&days=45`);
  /** @type {{ days: { date: string, windows: { id: string, seatsLeft: number }[] }[] }} */
  const { days } = await answer.json();
  return days.flatMap(({ date, windows }) =>
    windows.filter(({ seatsLeft }) => seatsLeft > 0).map(({ id }) => ({ date, window: id })),
  );
}

/**
 * A number of bookings for one load, so that the kill comes at another point each time.
 * @param {number} kills
 */
function bookingsOf(kills) {
  const most = Math.min(BOOKINGS_MAX / kills, 100);
  return BOOKINGS_MIN + Math.floor(Math.random() * (most - BOOKINGS_MIN));
}

/**
 * Waits until so many bookings are acknowledged, with others under way.
 * @param {Load} load
 * @param {number} wanted
 */
async function underLoad(load, wanted) {
  for (const until = Date.now() + LOAD_TIMEOUT_MS; load.acknowledged.size < wanted;) {
    if (Date.now() > until) throw new Error('The load got too few answers');
    await pause(5);
  }
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Lets the clock run until dispatch has every acknowledged job and nothing is on its way any more, staff mails among it.
 * @param {Load} load
 * @param {Dispatch} dispatch
 */
async function runClock(load, dispatch) {
  const missing = () => [...load.acknowledged.keys()].filter((code) => !dispatch.jobs.has(code));
  const until = Date.now() + SETTLE_MS;
  while ((missing().length > 0 || (await isUnderWay(load))) && Date.now() < until) {
    await fetch(`${load.url}/cdn-cgi/local/scheduled?cron=*+*+*+*+*`);
    await pause(CLOCK_EVERY_MS);
  }
  return missing();
}

/**
 * Whether the house has a delivery that was attempted or should have been.
 * @param {Load} load
 */
async function isUnderWay({ url }) {
  const answer = await fetch(`${url}/api/health`);
  /** @type {{ oldestUndeliveredSeconds: number | null }} */
  const health = await answer.json();
  return health.oldestUndeliveredSeconds !== 0;
}

/**
 * Acknowledged codes whose page is not there.
 * @param {Load} load
 */
async function findLost(load) {
  const lost = [];
  for (const [code, statusUrl] of load.acknowledged) {
    const page = await fetch(new URL(statusUrl, load.url));
    if (!page.ok || !(await page.text()).includes(code)) lost.push(code);
  }
  return lost;
}

/**
 * Deliveries that are not at their end, by the database itself.
 * @param {string} state
 */
function countUnsettled(state) {
  const sql = `select count(*) as n from deliveries where kind <> 'digest' and status not in ('delivered', 'superseded')`;
  const args = [
    'd1',
    'execute',
    'DB',
    '--local',
    '--persist-to',
    state,
    '--json',
    '--command',
    sql,
  ];
  const output = execFileSync('wrangler', args, {
    cwd: ROOT,
    env: quietEnvironment(),
    encoding: 'utf8',
  });
  /** @type {{ results: { n: number }[] }[]} */
  const answers = JSON.parse(output.slice(output.indexOf('[')));
  return answers[0]?.results[0]?.n ?? -1;
}

/** @param {number} kills */
async function crash(kills) {
  ensureLocalSecrets();
  const state = mkdtempSync(path.join(tmpdir(), 'crash-'));
  const dispatch = await startDispatch();
  const port = await freePort();
  const vars = [`DISPATCH_URL:http://127.0.0.1:${dispatch.port}/jobs`, 'FLOOD_LIMIT:1000000'];
  const args = vars.flatMap((text) => ['--var', text]);
  /** @type {Load} */
  const load = {
    url: `http://127.0.0.1:${port}`,
    acknowledged: new Map(),
    next: 0,
    stopped: false,
  };
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const server = await startDevServer({ port, persistTo: state, args });
      const slots = await listSlots(load.url);
      load.stopped = false;
      const writers = Array.from({ length: WRITERS }, () => writeBookings(load, slots));
      await underLoad(load, load.acknowledged.size + bookingsOf(kills));
      process.kill(-server.pid, 'SIGKILL');
      load.stopped = true;
      await Promise.all([server.ended, ...writers]);
      console.log(
        `kill ${kill + 1}: ${load.acknowledged.size} acknowledged, ${dispatch.jobs.size} at dispatch`,
      );
    }
    const server = await startDevServer({ port, persistTo: state, args });
    const undelivered = await runClock(load, dispatch);
    const lost = await findLost(load);
    await server.stop();
    const unsettled = countUnsettled(state);
    console.log(
      `${load.acknowledged.size} acknowledged; lost: ${lost.length}, not at dispatch: ${undelivered.length}, unsettled: ${unsettled}`,
    );
    return load.acknowledged.size > 0 && lost.length + undelivered.length + unsettled === 0;
  } finally {
    dispatch.close();
    rmSync(state, { recursive: true, force: true });
  }
}

const { values } = parseArgs({ options: { kills: { type: 'string', default: '10' } } });
process.exitCode = (await crash(Number(values.kills))) ? 0 : 1;
