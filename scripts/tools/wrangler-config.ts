import * as wrangler from 'wrangler';

/** What the scripts and tests read of wrangler.toml. */
export interface WranglerConfig {
  name: string;
  vars: Record<string, string>;
  d1_databases: { binding: string; database_name?: string; database_id?: string }[];
  kv_namespaces: { binding: string; id?: string }[];
  r2_buckets: { binding: string; bucket_name?: string }[];
  queues: { consumers: { queue: string }[]; producers: { binding: string; queue: string }[] };
  workers_dev?: boolean;
  preview_urls?: boolean;
  triggers?: { crons?: string[] };
  route?: unknown;
  routes?: unknown[];
  assets?: { run_worker_first?: string[] | boolean };
  send_email: {
    name: string;
    allowed_destination_addresses?: string[];
    allowed_sender_addresses?: string[];
  }[];
  secrets?: { required?: string[] };
  observability?: {
    logs?: { invocation_logs?: boolean };
    traces?: { enabled?: boolean };
  };
}

// Wrangler's own types lean on packages that it does not install, so they resolve to nothing.
interface Reader {
  unstable_readConfig(options: { config: string; env?: string }): WranglerConfig;
}

/** Reads wrangler.toml with wrangler's own reader. */
export function readWranglerConfig(env?: string): WranglerConfig {
  const options = { config: 'wrangler.toml', ...(env ? { env } : {}) };
  return (wrangler as unknown as Reader).unstable_readConfig(options);
}
