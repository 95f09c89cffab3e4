import { setTimeout as pause } from 'node:timers/promises';
import { areas, services } from '../../shared/content/catalogue.ts';

const service = services.at(-1)?.id ?? '';
const ward = areas.wards[0]?.code ?? '';

const LOAD_TIMEOUT_MS = 60_000;
/** Longer than a form has to be open before it is sent. */
const OPEN_MS = 2_100;
/** Intents of one writer, more than the bookings of its load: each is used once. */
const INTENTS = 30;

/** What the customers of the load type, to be searched for afterwards. */
export const MARKERS = {
  name: 'Đỗ Thị Vết Tích',
  address: '77 ngõ Vết Tích Lạ',
  note: 'Ghi chú vết tích ẩm ướt',
};

/** @typedef {{ url: string, acknowledged: Map<string, string>, phones: Set<string>, next: number, stopped: boolean }} Load */

/**
 * One customer after another, each with a phone of their own; an answer that was not seen counts for nothing.
 * @param {Load} load
 * @param {{ date: string, window: string }[]} slots
 */
export async function writeBookings(load, slots) {
  const intents = await fetchIntents(load.url);
  while (!load.stopped && intents.length > 0) {
    const number = load.next++;
    const slot = slots[number % slots.length];
    // No round number: the times in a report of tests end in zeros.
    const phone = `09${String(73_548_617 + number)}`;
    const body = JSON.stringify({
      ...MARKERS,
      ...slot,
      service,
      ward,
      phone,
      consent: 'yes',
      intent: intents.at(-1),
    });
    load.phones.add(phone);
    const headers = { 'content-type': 'application/json', accept: 'application/json' };
    const answer = await fetch(`${load.url}/api/bookings`, { method: 'POST', headers, body })
      .then(readAnswer)
      .catch(() => null);
    if (answer === null || answer.status === 201) intents.pop();
    if (answer?.status === 201) load.acknowledged.set(answer.json.code, answer.json.statusUrl);
    if (answer === null) await pause(20);
  }
}

/** Intents that a writer takes one after another; the forms have been open long enough.
 * @param {string} url
 */
async function fetchIntents(url) {
  /** @type {string[]} */
  const intents = [];
  for (let number = 0; number < INTENTS; number += 1) intents.push((await readOpen(url, 1)).intent);
  await pause(OPEN_MS);
  return intents;
}

/**
 * The starts of some days, and an intent.
 * @param {string} url
 * @param {number} days
 * @returns {Promise<{ intent: string, days: { date: string, windows: { id: string, seatsLeft: number }[] }[] }>}
 */
async function readOpen(url, days) {
  for (;;) {
    const answer = await fetch(`${url}/api/availability?service=${service}&days=${days}`);
    if (answer.ok) return answer.json();
    // The database of this run fails now and then.
    await pause(20);
  }
}

/** @param {Response} response */
async function readAnswer(response) {
  /** @type {{ code: string, statusUrl: string }} */
  const json = await response.json();
  return { status: response.status, json };
}

/**
 * The windows that can still be booked.
 * @param {string} url
 */
export async function listSlots(url) {
  const { days } = await readOpen(url, 45);
  return days.flatMap(({ date, windows }) =>
    windows.filter(({ seatsLeft }) => seatsLeft > 0).map(({ id }) => ({ date, window: id })),
  );
}

/**
 * Waits until so many bookings are acknowledged, with others under way.
 * @param {Load} load
 * @param {number} wanted
 */
export async function underLoad(load, wanted) {
  for (const until = Date.now() + LOAD_TIMEOUT_MS; load.acknowledged.size < wanted;) {
    if (Date.now() > until) throw new Error('The load got too few answers');
    await pause(5);
  }
}
