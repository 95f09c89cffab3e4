declare module 'autocannon' {
  interface Request {
    method: string;
    headers: Record<string, string>;
    setupRequest: (request: Request) => Request & { body: string };
  }
  /** `duration` in seconds, `latency` in milliseconds. */
  export default function autocannon(options: {
    url: string;
    connections: number;
    duration: number;
    requests: Request[];
  }): Promise<
    Record<'2xx' | 'non2xx' | 'errors' | 'duration', number> & {
      latency: { p50: number; p99: number };
    }
  >;
}
