import process from 'node:process';
import autocannon from 'autocannon';
import { readCpuMs } from './processes.ts';

const CONNECTIONS = 16;
/** Longer than a queue batch waits: what a pass leaves to be done falls on no other, and its CPU is its own. */
const REST_MS = 1_500;

/** One pass of load on one path. */
export interface Pass {
  perSecond: number;
  p50: number;
  p99: number;
  /** CPU of the server's processes per accepted request. */
  cpuMs: number;
  /** Answers other than 201, and none at all. */
  refused: number;
}

/** What a pass posts to, and with which bodies. */
export interface Target {
  url: string;
  path: string;
  nextBody: () => string;
}

/** Posts for so many seconds with 16 connections, each request with the next body, and waits until all of it is done. */
export async function postFor(seconds: number, target: Target): Promise<Pass> {
  const before = readCpuMs(process.pid);
  const result = await autocannon({
    url: target.url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path: target.path,
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        setupRequest: (request) => ({ ...request, body: target.nextBody() }),
      },
    ],
  });
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const accepted = result['2xx'];
  return {
    perSecond: accepted / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpuMs: (readCpuMs(process.pid) - before) / Math.max(1, accepted),
    refused: result.non2xx + result.errors,
  };
}

/** The pass in the middle by what it accepted a second. */
export function middle(passes: readonly Pass[]): Pass {
  const sorted = passes.toSorted((a, b) => a.perSecond - b.perSecond);
  const pass = sorted[Math.floor(sorted.length / 2)];
  if (pass === undefined) throw new Error('no pass');
  return pass;
}
