import process from 'node:process';
import type { Invocation } from './cost-worker.ts';
import { median } from './figures.ts';
import { type Host, startBundle } from './hosts.ts';
import { readCpuMs } from './load.ts';

/** Longer than a queue batch waits. */
const QUEUE_MS = 2_500;
/** So long a process is left alone after its start. */
const START_MS = 1_000;
const WARM_REQUESTS = 20;

export type Asked = readonly [path: string, init?: RequestInit];

/** One thing that the Worker is asked to do; `next` prepares it, which is not measured. */
export interface Case {
  next: () => Asked | Promise<Asked>;
  status: number;
  /** For what ends long after its answer: milliseconds until it has. It is asked once, and its CPU is that of all it causes. */
  lastsMs?: number;
}

/** What one request asked of the platform, with the deliveries that it causes, and the CPU that passed until they were done. */
export interface Counting {
  invocations: Invocation[];
  cpuMs: number;
}

/** CPU of a request in ms: the mean of the middle round, the spread of all requests, and the first one of a process. */
export interface Times {
  mean: number;
  p50: number;
  p99: number;
  first: number;
}

/** The Worker that counts, in a process of its own. */
export class CostServer {
  #host: Host | undefined;
  readonly #script: string;

  constructor(script: string) {
    this.#script = script;
  }

  async start(): Promise<void> {
    this.#host = await startBundle(this.#script);
    await pause(START_MS);
  }

  async stop(): Promise<void> {
    await this.#host?.stop();
  }

  async ask([at, init]: Asked, status = 200): Promise<Response> {
    const answer = await fetch(`${this.#host?.url}${at}`, { redirect: 'manual', ...init });
    if (answer.status !== status) throw new Error(`${at} answered ${answer.status}`);
    return answer;
  }

  /** What the platform is asked for by one request, with the deliveries that it causes. */
  async count({ next, status, lastsMs = QUEUE_MS }: Case): Promise<Counting> {
    await this.ask(['/bench/deliver?now=yes']);
    const asked = await next();
    await pause(QUEUE_MS);
    await this.ask(['/bench/taken']);
    const before = readCpuMs(process.pid);
    await this.ask(asked, status);
    await pause(lastsMs);
    const cpuMs = readCpuMs(process.pid) - before;
    const invocations = await (await this.ask(['/bench/taken'])).json<Invocation[]>();
    return { invocations, cpuMs };
  }

  async time(
    one: Case,
    { rounds, requests }: { rounds: number; requests: number },
  ): Promise<Times> {
    await this.ask(['/bench/deliver?now=no']);
    const asked = await one.next();
    await this.stop();
    await this.start();
    const first = await this.#spend(asked, one.status);
    await this.#spendAll(one, WARM_REQUESTS);
    const all: number[][] = [];
    for (let round = 0; round < rounds; round += 1) all.push(await this.#spendAll(one, requests));
    const sorted = all.flat().toSorted((a, b) => a - b);
    const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? Number.NaN;
    const mean = median(all.map((of) => of.reduce((sum, ms) => sum + ms, 0) / of.length));
    return { mean, p50: at(0.5), p99: at(0.99), first };
  }

  async #spendAll({ next, status }: Case, requests: number): Promise<number[]> {
    const spent: number[] = [];
    for (let number = 0; number < requests; number += 1) {
      spent.push(await this.#spend(await next(), status));
    }
    return spent;
  }

  /** CPU that the server's process spends on one request. */
  async #spend(asked: Asked, status: number): Promise<number> {
    const before = readCpuMs(process.pid);
    await (await this.ask(asked, status)).arrayBuffer();
    return readCpuMs(process.pid) - before;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
