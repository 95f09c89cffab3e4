import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A request that was made of the stand-in. */
export interface Call {
  method: string;
  path: string;
  body: unknown;
}

interface StoredVersion {
  id: string;
  created_on: string;
  annotations: Record<string, string>;
  bindings: { type: string; name: string }[];
  /** The secrets that the version carries: a number per name, which rises with each change. */
  secrets: Record<string, number>;
}

interface Answer {
  status?: number;
  result?: unknown;
  error?: { code: number; message: string };
}

const ACCOUNT = '0123456789abcdef0123456789abcdef';
export const DATABASE_ID = '11111111-1111-4111-8111-111111111111';
export const STORE_ID = '22222222222222222222222222222222';

/**
 * A stand-in of the platform's API, as far as a deployment uses it: one account, one Worker, one zone. What it answers is
 * ours, after the documentation and the source of the pinned wrangler; it shows what is asked of the platform.
 */
export class StandIn {
  readonly calls: Call[] = [];
  versions: StoredVersion[] = [];
  /** Ids of the versions that were made live, oldest first. */
  deployments: { id: string; created_on: string }[] = [];
  migrations: { name: string; applied_at: string }[] = [];
  queues: string[] = [];
  /** Whom the host belongs to: nobody, a DNS record, or a Worker. */
  host: { record?: string; worker?: string } = {};
  mayReadDns = true;
  /** What the account does not have, by its request. */
  gone: RegExp | null = null;
  region = 'APAC';
  databaseName = '';
  /** From the first call that fits on, nobody answers. */
  unplugAt: RegExp | null = null;
  #isUnplugged = false;
  #minute = 0;
  #server = http.createServer((request, response) => void this.#receive(request, response));

  readonly worker: string;
  readonly #start: Date;

  constructor(worker: string, start: Date) {
    this.worker = worker;
    this.#start = start;
  }

  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/client/v4`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  plugIn(): void {
    this.unplugAt = null;
    this.#isUnplugged = false;
  }

  get live(): StoredVersion | undefined {
    return this.versions.find(({ id }) => id === this.deployments.at(-1)?.id);
  }

  /** Calls that override or force something. */
  get forced(): Call[] {
    return this.calls.filter(
      ({ path, body }) =>
        /force=true/.test(path) || /"override_existing_\w+":true/.test(JSON.stringify(body) ?? ''),
    );
  }

  /** What `wrangler secret put` does: a new version with the same code, live at once, or a draft where there is none. */
  putSecret(name: string): void {
    const live = this.live;
    const secrets = { ...live?.secrets, [name]: (live?.secrets[name] ?? 0) + 1 };
    const own = (live?.bindings ?? []).filter((one) => one.name !== name);
    const id = this.#store({
      annotations: { 'workers/triggered_by': 'secret' },
      bindings: [...own, { type: 'secret_text', name }],
      secrets,
    });
    this.deployments.push({ id, created_on: this.#tick() });
  }

  applyMigration(name: string): void {
    this.migrations.push({ name, applied_at: this.#tick().slice(0, 19).replace('T', ' ') });
  }

  #store(version: Omit<StoredVersion, 'id' | 'created_on'>): string {
    const id = `00000000-0000-4000-8000-${String(this.versions.length + 1).padStart(12, '0')}`;
    this.versions.push({ id, created_on: this.#tick(), ...version });
    return id;
  }

  #tick(): string {
    this.#minute += 1;
    return new Date(this.#start.getTime() + this.#minute * 60_000).toISOString();
  }

  async #receive(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const bytes = await buffer(request);
    const path = (request.url ?? '').replace('/client/v4', '');
    const method = request.method ?? 'GET';
    this.#isUnplugged ||= this.unplugAt?.test(`${method} ${path}`) ?? false;
    if (this.#isUnplugged) return void request.socket.destroy();
    const body = await readBody(request.headers['content-type'] ?? '', bytes);
    this.calls.push({ method, path, body });
    const { status = 200, result = null, error } = this.#answer(method, path, body);
    response.writeHead(error && status === 200 ? 400 : status, {
      'Content-Type': 'application/json',
    });
    response.end(
      JSON.stringify({ success: !error, result, errors: error ? [error] : [], messages: [] }),
    );
  }

  #answer(method: string, path: string, body: unknown): Answer {
    const [, below = ''] = /^\/accounts\/[0-9a-f]+(\/.*)/.exec(path) ?? [];
    const script = `/workers/scripts/${this.worker}`;
    const asked = `${method} ${(below || path).replace(/\?.*/, '').replace(script, 'SCRIPT')}`;
    const id = asked.split('/').at(-1);
    if (this.gone?.test(asked)) return notFound(asked);
    if (asked.startsWith('GET SCRIPT/versions/')) return this.#showVersion(id ?? '');
    if (asked.startsWith('GET /queues')) return this.#listQueues(path);
    switch (asked) {
      case 'GET /accounts':
        return { result: [{ id: ACCOUNT, name: 'Công ty' }] };
      case 'GET /user':
        return { result: { email: 'chu@example.com' } };
      case 'GET /user/tokens/verify':
        return { result: { id: 'token', status: 'active' } };
      case 'GET /memberships':
        return { result: [{ account: { id: ACCOUNT, name: 'Công ty' } }] };
      case 'GET SCRIPT/deployments':
        return this.versions.length === 0
          ? NO_WORKER
          : { result: { deployments: this.#listDeployments() } };
      case 'POST SCRIPT/deployments':
        return this.#deploy(body as { versions: [{ version_id: string }] }, path);
      case 'GET SCRIPT/secrets':
        return {
          result: Object.keys(this.live?.secrets ?? {}).map((name) => ({
            name,
            type: 'secret_text',
          })),
        };
      case `GET /workers/services/${this.worker}`:
        return this.versions.length === 0
          ? NO_WORKER
          : {
              result: {
                default_environment: {
                  environment: 'production',
                  script: { tag: 'tag', tags: [], last_deployed_from: 'wrangler' },
                },
              },
            };
      case 'POST SCRIPT/versions':
        return this.#takeUpload(body as Record<string, unknown>);
      case 'POST SCRIPT/assets-upload-session':
        return { result: { jwt: 'done', buckets: [] } };
      case 'POST SCRIPT/domains/changeset':
        return { result: this.#changeset() };
      case 'PUT SCRIPT/domains/records':
        return this.#attach(
          body as { override_existing_origin: boolean; override_existing_dns_record: boolean },
        );
      case 'GET /workers/domains/records/1':
        return { result: { hostname: 'host', service: this.host.worker } };
      case 'GET /zones':
        return this.mayReadDns ? { result: [{ id: 'zone' }] } : FORBIDDEN;
      case 'GET /zones/zone/dns_records':
        return { result: [{ type: 'A', name: 'host', content: this.host.record }] };
      case `GET /d1/database/${DATABASE_ID}`:
        return {
          result: { uuid: DATABASE_ID, name: this.databaseName, running_in_region: this.region },
        };
      case `GET /d1/database/${DATABASE_ID}/time_travel/bookmark`:
        return { result: { bookmark: '00000001-bookmark' } };
      case `POST /d1/database/${DATABASE_ID}/query`:
        return this.#query(body as { sql: string; params?: string[] });
      case `GET /storage/kv/namespaces/${STORE_ID}`:
        return { result: { id: STORE_ID, title: 'VAULT' } };
      default:
        return this.#answerTriggers(asked);
    }
  }

  /** What wrangler sets beside the code, which is asked for and taken unseen; and every bucket but one that is gone. */
  #answerTriggers(asked: string): Answer {
    const [, bucket] = /^GET \/r2\/buckets\/(.+)$/.exec(asked) ?? [];
    if (bucket !== undefined && bucket !== 'gone') return { result: { name: bucket } };
    if (
      /^(?:GET|POST|PUT|PATCH) (?:SCRIPT\/(?:subdomain|schedules|script-settings|settings)|\/queues\/.*|\/workers\/.*)$/.test(
        asked,
      )
    ) {
      const bindings = this.live?.bindings ?? [];
      const off = { enabled: false, previews_enabled: false };
      return { result: { ...off, subdomain: off, schedules: [], bindings } };
    }
    return notFound(asked);
  }

  #listDeployments(): unknown[] {
    return this.deployments.toReversed().map(({ id, created_on }, index) => ({
      id: `deployment-${this.deployments.length - index}`,
      created_on,
      source: 'wrangler',
      author_email: 'chu@example.com',
      annotations: {},
      versions: [{ version_id: id, percentage: 100 }],
    }));
  }

  #showVersion(id: string): Answer {
    const version = this.versions.find((one) => one.id === id);
    if (version === undefined)
      return { status: 404, error: { code: 10_081, message: 'no version' } };
    const { created_on, annotations, bindings } = version;
    return {
      result: {
        id,
        number: 1,
        metadata: { created_on, author_email: 'chu@example.com', source: 'wrangler' },
        annotations,
        resources: { bindings, ...RESOURCES },
      },
    };
  }

  #deploy(
    { versions: [{ version_id: id }] }: { versions: [{ version_id: string }] },
    path: string,
  ): Answer {
    const to = this.versions.find((one) => one.id === id);
    const now = this.live?.secrets ?? {};
    const changed = Object.keys(now).filter((name) => now[name] !== to?.secrets[name]);
    if (changed.length > 0 && !path.includes('force=true')) {
      const message = `Worker version could not be deployed. The following secrets have changed: ${changed.join(', ')} [code: 10220]`;
      return { error: { code: 10_220, message } };
    }
    this.deployments.push({ id, created_on: this.#tick() });
    return { result: { id: 'deployment' } };
  }

  #takeUpload(form: Record<string, unknown>): Answer {
    const { annotations } = JSON.parse(String(form['metadata'])) as {
      annotations?: Record<string, string>;
    };
    const secrets = this.live?.secrets ?? {};
    const names = Object.keys(secrets).map((name) => ({ type: 'secret_text', name }));
    const id = this.#store({
      annotations: { 'workers/triggered_by': 'upload', ...annotations },
      bindings: [{ type: 'd1', name: 'DB' }, ...names],
      secrets,
    });
    return {
      result: {
        id,
        startup_time_ms: 1,
        metadata: {},
        entry_point: 'index.js',
        resources: RESOURCES,
      },
    };
  }

  #changeset(): unknown {
    const one = { id: '1', hostname: 'host', modified: true };
    const { record, worker } = this.host;
    return {
      added: record || worker ? [] : [one],
      removed: [],
      updated: worker ? [{ ...one, modified: worker !== this.worker }] : [],
      conflicting: record ? [one] : [],
    };
  }

  #attach(options: {
    override_existing_origin: boolean;
    override_existing_dns_record: boolean;
  }): Answer {
    const isRefused =
      (this.host.record && !options.override_existing_dns_record) ||
      (this.host.worker && !options.override_existing_origin);
    if (isRefused)
      return {
        error: { code: 100_117, message: 'Hostname already has externally managed DNS records' },
      };
    this.host = { worker: this.worker };
    return { result: {} };
  }

  #query({ sql, params = [] }: { sql: string; params?: string[] }): Answer {
    const [since = ''] = params;
    for (const [, name = ''] of sql.matchAll(
      /INSERT INTO d1_migrations \(name\)\s*values \('([^']+)'\)/gi,
    )) {
      this.applyMigration(name);
    }
    const after = since.slice(0, 19).replace('T', ' ');
    const found = this.migrations.filter((one) => one.applied_at > after);
    const results = /FROM "?d1_migrations/i.test(sql)
      ? found.map((one, id) => ({ id, ...one }))
      : [];
    return {
      result: [
        {
          results,
          success: true,
          meta: { duration: 1, changes: 0, rows_read: 0, rows_written: 0 },
        },
      ],
    };
  }

  #listQueues(path: string): Answer {
    const name = new URL(path, 'http://x').searchParams.get('name');
    const found = this.queues.filter((one) => name === null || one === name);
    return {
      result: found.map((one, index) => ({
        queue_id: `q${index}`,
        queue_name: one,
        consumers: [],
        producers: [],
      })),
    };
  }
}

/** What wrangler reads of a version and prints. */
const RESOURCES = { script: { etag: 'x', handlers: ['fetch'] }, script_runtime: {} };
const NO_WORKER: Answer = {
  status: 404,
  error: { code: 10_007, message: 'This Worker does not exist on your account.' },
};
const FORBIDDEN: Answer = { status: 403, error: { code: 10_000, message: 'Authentication error' } };

function notFound(asked: string): Answer {
  return { status: 404, error: { code: 7404, message: `not found: ${asked}` } };
}

async function readBody(type: string, bytes: Uint8Array): Promise<unknown> {
  if (bytes.length === 0) return null;
  if (type.includes('multipart/form-data')) {
    const form = await new Response(new Uint8Array(bytes), {
      headers: { 'Content-Type': type },
    }).formData();
    return Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
  }
  if (!type.includes('json')) return null;
  return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
}
