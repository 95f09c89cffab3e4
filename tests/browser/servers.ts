import process from 'node:process';

/** Where one worker process of the journeys finds the product: seats, mails and time are its own. */
export interface TestServer {
  url: string;
  /** Folder of D1, KV and R2. */
  state: string;
  /** Where a push service may listen that this server trusts. */
  pushPort: number;
}

/** Keeps the servers of a run for the worker processes, which inherit the environment. */
export function keepServers(servers: readonly TestServer[]): void {
  process.env['TEST_SERVERS'] = JSON.stringify(servers);
}

/** The server of this worker process; none where tests are only listed. */
export function ownServer(): TestServer | undefined {
  const servers = JSON.parse(process.env['TEST_SERVERS'] ?? '[]') as TestServer[];
  return servers[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)];
}
