import { env } from 'cloudflare:workers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { bookingRules, company } from '../../shared/content/catalogue.ts';
import { addMonths, later } from '../../shared/time.ts';
import { TimeoutError } from '../base/failures.ts';
import { deliverAll } from '../outbox/attempt.ts';
import { reconcileAfterRestore } from '../personal-data/after-restore.ts';
import { eraseSubscriber } from '../personal-data/erase.ts';
import { findSubscriber } from '../store/subscribers.ts';
import { NOW } from '../test/fixtures.ts';
import { deliverDue, linkIn, mailsSent, sendLetter, subscribe } from '../test/letters.ts';
import { postForm, send } from '../test/requests.ts';

const EMAIL = 'hoa@example.org';
const LATER = later(NOW, { days: 30 });

const countLetters = () => mailsSent().filter(({ subject }) => subject.startsWith('[QC] ')).length;
const oneClick = (path: string) =>
  send(path, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
const choose = (path: string, act: string, now = NOW) =>
  send(path, { method: 'POST', body: new URLSearchParams({ act }) }, { now });

afterEach(() => {
  bookingRules.marketing = true;
});

describe('confirming', () => {
  test('takes a press: opening the link changes nothing', async () => {
    await postForm('/api/letters', { email: EMAIL, consent: 'yes' });
    await deliverDue(NOW);
    const path = linkIn(mailsSent()[0], 'xac-nhan');
    const [, , , token = ''] = path.split('/');
    const id = token.split('.')[0] ?? '';
    const page = await (await send(path)).text();
    expect(page.match(/<button class="button" type="submit"/g)).toHaveLength(1);
    expect((await findSubscriber(env.DB, id))?.state).toBe('asked');
    const answer = await send(path, { method: 'POST' });
    expect(answer.status).toBe(303);
    const subscriber = await findSubscriber(env.DB, id);
    expect(subscriber).toMatchObject({ state: 'subscribed', keyEndsAt: addMonths(NOW, 24) });
    const { keys } = await env.VAULT.list();
    expect(keys.find(({ name }) => name === id)?.expiration).toBe(
      Math.floor(addMonths(NOW, 24).getTime() / 1000),
    );
  });

  test.each(['xac-nhan', 'roi', 'cua-toi'])('a forged link to %s opens nothing', async (page) => {
    const { own } = await subscribe(EMAIL);
    const token = own.split('/')[3] ?? '';
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const method of ['GET', 'POST']) {
      expect((await send(`/ban-tin/${page}/${forged}/`, { method })).status).toBe(410);
    }
  });
});

describe('the own page', () => {
  test('shows the address masked, all of it by a press, renews and erases', async () => {
    const { id, own } = await subscribe(EMAIL);
    const page = await (await send(own)).text();
    expect(page).toContain('h•••@example.org');
    expect(page).not.toContain(EMAIL);
    expect(await (await choose(own, 'see')).text()).toContain(EMAIL);
    expect((await choose(own, '')).status).toBe(422);
    expect((await choose(own, 'renew', LATER)).status).toBe(303);
    expect((await findSubscriber(env.DB, id))?.keyEndsAt).toEqual(addMonths(LATER, 24));
    expect((await choose(own, 'erase')).status).toBe(200);
    expect((await send(own)).status).toBe(410);
    expect(await findSubscriber(env.DB, id)).toMatchObject({ sealed: new Uint8Array() });
    expect(await env.VAULT.get(id)).toBeNull();
    const withdrawn = env.DB.prepare('select withdrawn_at from receipts').first('withdrawn_at');
    expect(await withdrawn).toBe(NOW.toISOString());
  });
});

describe('a copy of what is kept', () => {
  test('is given by a press only, to read or for a program: address, consent, letters and who received what', async () => {
    const { own } = await subscribe(EMAIL);
    await sendLetter('mot', NOW);
    await deliverDue(later(NOW, { minutes: 1 }));
    const leaving = await (await send(linkIn(mailsSent().at(-1), 'roi'))).text();
    expect(leaving).toContain(`href="${own}"`);
    const page = await (await send(own)).text();
    for (const words of ['Tôi đồng ý cho', 'Hộp thư của anh/chị']) expect(page).toContain(words);
    for (const address of [`${own}?act=json`, `${own}?act=html`])
      expect(await (await send(address)).text()).not.toContain(EMAIL);

    const program = await choose(own, 'json');
    expect([
      program.headers.get('Content-Disposition'),
      program.headers.get('Cache-Control'),
    ]).toEqual(['attachment; filename="du-lieu-ban-tin.json"', 'private, no-store']);
    expect(await program.json()).toMatchObject({
      email: EMAIL,
      subscription: { state: 'subscribed', keyEndsAt: addMonths(NOW, 24).toISOString() },
      consent: { wording: 'letters-1', withdrawnAt: null },
      letters: 1,
      ledger: [
        { kind: 'letter.confirm', recipient: 'customer', fields: ['email'] },
        { kind: 'letter.issue', recipient: 'customer', fields: ['email'] },
      ],
    });
    const paper = await choose(own, 'html');
    expect(paper.headers.get('Content-Disposition')).toContain('du-lieu-ban-tin.html');
    const text = await paper.text();
    for (const words of [EMAIL, 'Tôi đồng ý cho', 'bên nhận đã nhận'])
      expect(text).toContain(words);
  });

  test.each(['see', 'html', 'json'])(
    'by %s is the page and 503 while the key store is down',
    async (act) => {
      const { own } = await subscribe(EMAIL);
      vi.spyOn(env.VAULT, 'get').mockRejectedValue(
        new Error('KV GET failed: 500 Internal Server Error'),
      );
      const answer = await choose(own, act);
      expect(answer.status).toBe(503);
      expect(answer.headers.get('Content-Disposition')).toBeNull();
      expect(await answer.text()).toContain('lúc này chưa mở được');
    },
  );
});

describe('a letter', () => {
  test('has its label, sender, address, reason and the headers by which a mail program leaves', async () => {
    await subscribe(EMAIL);
    expect(await sendLetter('thang-chap', NOW)).toBe(1);
    await deliverDue(NOW);
    const mail = mailsSent().at(-1);
    const leaving = `https://example.com${linkIn(mail, 'roi')}`;
    expect(mail?.subject).toBe('[QC] Tháng Chạp');
    expect(mail?.headers).toMatchObject({
      'List-Unsubscribe': `<${leaving}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    });
    for (const text of [mail?.text, mail?.html]) {
      for (const words of [company.name, company.address.locality, 'đã đăng ký nhận bản tin']) {
        expect(text).toContain(words);
      }
    }
  });

  test('goes to each subscriber once, however often it is sent', async () => {
    await subscribe(EMAIL);
    expect([await sendLetter('mot', NOW), await sendLetter('mot', LATER)]).toEqual([1, 0]);
    expect(await sendLetter('hai', NOW)).toBe(1);
    for (const minutes of [0, 1, 2, 3]) await deliverDue(later(NOW, { minutes }));
    expect(countLetters()).toBe(2);
  });

  test.each([
    [
      'has not confirmed',
      async () => void (await postForm('/api/letters', { email: EMAIL, consent: 'yes' })),
    ],
    ['has left', async () => void (await choose((await subscribe(EMAIL)).own, 'erase'))],
  ])('has no delivery to who %s', async (_, prepare) => {
    await prepare();
    expect(await sendLetter('mot', NOW)).toBe(0);
    // A letter that nobody was sent can be sent once somebody reads it.
    expect(await env.DB.prepare('select count(*) from letters').first('count(*)')).toBe(0);
  });

  test.each([
    ['its attempt died without a result', 'lease'],
    ['the mail service gave no answer in time', 'timeout'],
  ])('is not sent again where %s', async (_, fault) => {
    await subscribe(EMAIL);
    await sendLetter('mot', NOW);
    if (fault === 'lease') {
      await env.DB.prepare(
        `update deliveries set status = 'sending', attempts = 1, lease_ends_at = ?, last_attempt_at = ? where channel = 'letter'`,
      )
        .bind(later(NOW, { minutes: 1 }).toISOString(), NOW.toISOString())
        .run();
    } else {
      vi.mocked(env.CUSTOMER_EMAIL.send).mockRejectedValueOnce(new TimeoutError());
      await deliverDue(NOW);
    }
    const before = countLetters();
    const hour = later(NOW, { hours: 1 });
    const { results } = await env.DB.prepare(
      `select id from deliveries where channel = 'letter'`,
    ).all<{ id: string }>();
    await deliverAll(
      env,
      results.map(({ id }) => id),
      hour,
    );
    expect(countLetters()).toBe(before);
    const row = await env.DB.prepare(
      `select status, last_result from deliveries where channel = 'letter'`,
    ).first();
    expect(row).toEqual({ status: 'superseded', last_result: 'unsure' });
  });
});

describe('leaving', () => {
  test('by the mail program is done at once, final, and closes what is queued', async () => {
    const { id } = await subscribe(EMAIL);
    await sendLetter('mot', NOW);
    await deliverDue(NOW);
    const path = linkIn(mailsSent().at(-1), 'roi');
    await sendLetter('hai', NOW);
    const page = await (await send(path)).text();
    expect(page.match(/<button class="button" type="submit"/g)).toHaveLength(1);
    expect((await findSubscriber(env.DB, id))?.erasedAt).toBeNull();
    expect((await oneClick(path)).status).toBe(200);
    await deliverDue(LATER);
    expect(countLetters()).toBe(1);
    expect((await oneClick(path)).status).toBe(200);
    const hash = env.DB.prepare('select address_hash from subscribers').first('address_hash');
    expect(await hash).toBeNull();
  });

  test('stops a letter that is already being made', async () => {
    const { id } = await subscribe(EMAIL);
    await sendLetter('mot', NOW);
    const get = env.VAULT.get.bind(env.VAULT) as (...args: unknown[]) => Promise<unknown>;
    vi.spyOn(env.VAULT, 'get').mockImplementationOnce((async (...args: unknown[]) => {
      const key = await get(...args);
      await eraseSubscriber(env, { id, cause: 'request', now: NOW });
      return key;
    }) as never);
    await deliverDue(NOW);
    expect(countLetters()).toBe(0);
  });

  test('works where the company sends no letters any more, and by a link whose time has passed', async () => {
    const { id, own } = await subscribe(EMAIL);
    const { own: other } = await subscribe('minh@example.org');
    const path = own.replace('cua-toi', 'roi');
    const late = addMonths(NOW, 25);
    await choose(other, 'renew', LATER);
    const minh = other.replace('cua-toi', 'roi');
    expect((await send(minh, { method: 'POST' }, { now: late })).status).toBe(200);
    bookingRules.marketing = false;
    expect((await oneClick(path)).status).toBe(200);
    expect((await findSubscriber(env.DB, id))?.erasedAt).not.toBeNull();
  });

  test('outlives a restore of an older copy: a subscriber without a key is emptied again', async () => {
    const { id } = await subscribe(EMAIL);
    await subscribe('minh@example.org');
    await env.VAULT.delete(id);
    const restore = { copyEndedAt: NOW, at: LATER };
    const counts = await reconcileAfterRestore(env, { restore, now: LATER });
    expect(counts).toMatchObject({ erased: 1, lost: 0 });
    expect((await findSubscriber(env.DB, id))?.sealed).toEqual(new Uint8Array());
    await env.DB.prepare('delete from subscribers').run();
    const after = { copyEndedAt: later(NOW, { days: -1 }), at: LATER };
    expect((await reconcileAfterRestore(env, { restore: after, now: LATER })).lost).toBe(0);
  });
});
