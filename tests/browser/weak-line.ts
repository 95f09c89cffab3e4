import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/** Bytes of a post that pass before the line is cut. */
const PASSED = 64 * 1024;

/** A line to the server that can be cut in the middle of a post, and keeps what was posted over it, one character a byte. */
export class WeakLine {
  /** Whether posts are cut once this many bytes of them have passed. */
  isCutting = false;
  posted = '';
  readonly #server = createServer((near) => this.#join(near));
  readonly #ends = new Set<Socket>();

  constructor(readonly target: URL) {}

  /** Opens the line; gives the address by which a browser comes over it. */
  async open(): Promise<string> {
    await new Promise<void>((done) => this.#server.listen(0, '127.0.0.1', done));
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    for (const end of this.#ends) end.destroy();
    await new Promise((done) => this.#server.close(done));
  }

  #join(near: Socket): void {
    const far = connect(Number(this.target.port), this.target.hostname);
    let [isPost, passed] = [false, 0];
    for (const end of [near, far]) {
      this.#ends.add(end);
      end.on('error', () => null);
      end.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
    far.pipe(near);
    near.on('data', (bytes: Buffer) => {
      const text = bytes.toString('latin1');
      const [begins] = /^(?:GET|POST) /.exec(text) ?? [];
      if (begins !== undefined) [isPost, passed] = [begins === 'POST ', 0];
      passed += bytes.length;
      if (isPost) this.posted += text;
      if (isPost && this.isCutting && passed > PASSED) near.destroy();
      else far.write(bytes);
    });
  }
}
