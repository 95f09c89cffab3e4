import assert from 'node:assert/strict';
import type { StandIn } from './stand-in.ts';

/** A company that deploys against the stand-in, by the fast imitation of wrangler or by wrangler itself. */
export interface World {
  stand: StandIn;
  /** The secrets that wrangler.toml requires. */
  secrets: readonly string[];
  /** A migration that only adds, of those in worker/migrations. */
  migration: string;
  /** `npm run deploy -- --built …`; whether it ended well. */
  deploy(...flags: string[]): Promise<boolean>;
  /** `npm run deploy -- back`. */
  back(): Promise<boolean>;
  /** What the last command printed. */
  said(): string;
  /** Addresses of the live site that answer wrongly from now on. */
  breakSite(...paths: string[]): void;
}

/** One story; it throws where a state or a sentence is not the right one. */
export interface Scenario {
  name: string;
  play: (world: World) => Promise<void>;
}

const liveId = ({ stand }: World) => stand.live?.id;
const says = (world: World, words: string) =>
  assert.ok(world.said().includes(words), `"${words}" is not in:\n${world.said()}`);
const putSecrets = (world: World) => world.secrets.forEach((name) => world.stand.putSecret(name));
const changes = ({ stand }: World) =>
  stand.calls.filter(({ method, path }) => method !== 'GET' && !/changeset|\/query/.test(path))
    .length;

/** A site that was deployed once. */
async function launch(world: World): Promise<void> {
  putSecrets(world);
  assert.equal(await world.deploy(), true, world.said());
}

/** Told by wrangler itself only: its imitation bundles nothing. */
export const rehearsal: Scenario = {
  name: 'a rehearsal bundles, says what is left to do, and changes nothing',
  async play(world) {
    assert.equal(await world.deploy('--dry-run'), true, world.said());
    for (const words of ['Đã đăng nhập Cloudflare.', 'Thử xong, chưa đưa gì lên.', 'npm run keys'])
      says(world, words);
    assert.equal(liveId(world), undefined);
    assert.equal(changes(world), 0);
  },
};

export const scenarios: readonly Scenario[] = [
  {
    name: 'a first deployment ends well and has no way back',
    async play(world) {
      await launch(world);
      says(world, 'Trang thật chạy tốt.');
      assert.equal(world.stand.host.worker, world.stand.worker);
      const live = liveId(world);
      assert.equal(await world.back(), false);
      says(world, 'Đây là bản đầu tiên');
      assert.equal(liveId(world), live);
      assert.deepEqual(world.stand.forced, []);
    },
  },
  {
    name: 'a second deployment goes back to exactly the first, and the domain is left alone',
    async play(world) {
      await launch(world);
      const first = liveId(world);
      const puts = () => world.stand.calls.filter(({ path }) => path.endsWith('/domains/records'));
      const attached = puts().length;
      assert.equal(await world.deploy(), true, world.said());
      assert.notEqual(liveId(world), first);
      assert.equal(puts().length, attached);
      assert.equal(await world.back(), true, world.said());
      says(world, `Trở về bản ${first}`);
      assert.equal(liveId(world), first);
      assert.equal(await world.back(), false);
      says(world, 'Đây là bản đầu tiên');
      assert.deepEqual(world.stand.forced, []);
    },
  },
  {
    name: 'a red smoke test of a first deployment does not advise to go back',
    async play(world) {
      putSecrets(world);
      world.breakSite('/dat-lich/');
      assert.equal(await world.deploy(), false);
      says(world, 'trang đặt lịch có khung giờ thật');
      says(world, 'Đây là bản đầu tiên');
      assert.ok(!world.said().includes('deploy -- back'));
    },
  },
  {
    name: 'a red smoke test of a later deployment advises to go back',
    async play(world) {
      await launch(world);
      world.breakSite('/dat-lich/');
      assert.equal(await world.deploy(), false);
      says(world, 'Trở về bản trước: npm run deploy -- back');
    },
  },
  {
    name: 'a setting of the zone that is wrong is named, and nobody is sent back',
    async play(world) {
      await launch(world);
      world.breakSite('http://', '/bang-gia/', 'https://www.');
      assert.equal(await world.deploy(), false);
      for (const words of ['Always Use HTTPS', 'Speed Brain', 'Redirect Rule']) says(world, words);
      assert.ok(!world.said().includes('deploy -- back'));
    },
  },
  {
    name: 'after the rotation of a key nobody goes back to the old keys',
    async play(world) {
      await launch(world);
      await world.deploy();
      world.stand.putSecret('SEAL_KEYS');
      const live = liveId(world);
      assert.equal(await world.back(), false);
      says(world, 'SEAL_KEYS');
      says(world, 'git revert');
      assert.equal(liveId(world), live);
      assert.deepEqual(world.stand.forced, []);
    },
  },
  {
    name: 'a deployment after the rotation goes back to the new keys',
    async play(world) {
      await launch(world);
      world.stand.putSecret('SEAL_KEYS');
      const rotated = liveId(world);
      await world.deploy();
      assert.equal(await world.back(), true, world.said());
      assert.equal(liveId(world), rotated);
      assert.equal(world.stand.live?.secrets['SEAL_KEYS'], 2);
      assert.equal(await world.back(), false);
      says(world, 'khóa đã đổi');
    },
  },
  {
    name: 'what the platform refuses is named, not forced',
    async play(world) {
      await launch(world);
      await world.deploy();
      // As if the note of the change were missing.
      world.stand.putSecret('LINK_KEYS');
      const [, previous, live] = world.stand.versions.slice(-3);
      Object.assign(live ?? {}, { annotations: previous?.annotations });
      assert.equal(await world.back(), false);
      says(world, '(LINK_KEYS)');
      assert.deepEqual(world.stand.forced, []);
    },
  },
  {
    name: 'a migration that older code does not run on forbids the way back',
    async play(world) {
      await launch(world);
      await world.deploy();
      world.stand.applyMigration('9999_not_in_this_folder.sql');
      const live = liveId(world);
      assert.equal(await world.back(), false);
      says(world, '9999_not_in_this_folder.sql');
      assert.equal(liveId(world), live);
    },
  },
  {
    name: 'a migration that only adds does not',
    async play(world) {
      await launch(world);
      world.stand.applyMigration(world.migration);
      await world.deploy();
      assert.equal(await world.back(), true, world.said());
    },
  },
  {
    name: 'a name that leads elsewhere is taken over only when that is said',
    async play(world) {
      putSecrets(world);
      world.stand.host = { record: '203.0.113.7' };
      const before = changes(world);
      assert.equal(await world.deploy(), false);
      says(world, '203.0.113.7');
      says(world, '--take-over-domain');
      assert.equal(changes(world), before);
      assert.equal(await world.deploy('--take-over-domain'), true, world.said());
      says(world, 'backups/dns-');
      assert.deepEqual(world.stand.host, { worker: world.stand.worker });
    },
  },
  {
    name: 'a name of another Worker is taken over only when that is said, also without a right to read DNS',
    async play(world) {
      putSecrets(world);
      world.stand.host = { worker: 'trang-cu' };
      assert.equal(await world.deploy(), false);
      says(world, 'Worker "trang-cu"');
      world.stand.host = { record: '203.0.113.7' };
      world.stand.mayReadDns = false;
      assert.equal(await world.deploy(), false);
      says(world, 'không đọc được DNS');
      assert.deepEqual(world.stand.forced, []);
    },
  },
  {
    name: 'a missing queue stops before anything is changed',
    async play(world) {
      putSecrets(world);
      const queues = world.stand.queues;
      world.stand.queues = queues.slice(1);
      const before = changes(world);
      assert.equal(await world.deploy(), false);
      says(world, `npx wrangler queues create ${queues[0]}`);
      assert.equal(changes(world), before);
    },
  },
  ...(
    [
      ['database', /^GET \/d1\/database\/[^/]+$/, 'npx wrangler d1 create'],
      ['key store', /^GET \/storage\/kv/, 'npx wrangler kv namespace create VAULT'],
      ['bucket', /^GET \/r2\/buckets/, 'npx wrangler r2 bucket create'],
      ['secret', /^GET SCRIPT\/secrets/, 'npx wrangler secret put'],
    ] as const
  ).map(([what, gone, command]) => ({
    name: `a missing ${what} stops before anything is changed`,
    async play(world: World) {
      putSecrets(world);
      world.stand.gone = gone;
      const before = changes(world);
      assert.equal(await world.deploy(), false);
      says(world, command);
      assert.equal(changes(world), before);
    },
  })),
  ...(
    [
      [/changeset/, 'Cloudflare không trả lời', false],
      [/d1.*query/, 'cơ sở dữ liệu chưa cập nhật xong', false],
      [/POST .*\/versions/, 'không rõ bản mới đã lên chưa', false],
      [/PUT .*domains\/records/, 'Bản mới đã lên nhưng', true],
    ] as const
  ).map(([at, words, isUploaded]) => ({
    name: `without a network from ${at.source} on the state is said, and a second run mends it`,
    async play(world: World) {
      putSecrets(world);
      const before = liveId(world);
      world.stand.unplugAt = at;
      assert.equal(await world.deploy(), false);
      says(world, words);
      assert.equal(liveId(world) !== before, isUploaded);
      world.stand.plugIn();
      assert.equal(await world.deploy(), true, world.said());
      assert.deepEqual(world.stand.forced, []);
    },
  })),
];
