import { env } from 'cloudflare:workers';
import { describe, expect, test } from 'vitest';
import { renderBookingCalendar } from '../wording/calendar-file.ts';
import { readPerson } from '../personal-data/read-person.ts';
import { transitionBooking } from '../records/booking-transition.ts';
import { customerPath } from '../signing/links.ts';
import { freshStaffPath } from '../signing/staff-links.ts';
import { readLinkKeys } from '../signing/tokens.ts';
import { findBookingByCode } from '../store/bookings.ts';
import { formOf, Visitor } from '../test/browser.ts';
import { NOW } from '../test/fixtures.ts';
import { staffSigning } from '../test/staff.ts';
import { readBooking, submitBooking } from '../test/records.ts';

const WALL = 've-sinh-tuong-son';
const TITLE = 'Đến xem và báo giá: Làm sạch tường sơn';

async function surveyed() {
  const { id } = await submitBooking({ service: WALL, quantity: '120' });
  const booking = await readBooking(id);
  await transitionBooking(env, { booking, transition: 'confirm', actor: 'staff', now: NOW });
  return readBooking(id);
}

describe('a visit to look first', () => {
  test('takes one window, and is called so on record, calendar and week', async () => {
    const booking = await surveyed();
    expect(booking.visit).toBe('survey');
    const seats = await env.DB.prepare('select count(*) as n from seats').first<{ n: number }>();
    expect(seats?.n).toBe(1);
    expect(renderBookingCalendar(env, booking, NOW).content).toContain('Đến xem và báo giá');
    const page = await new Visitor(NOW).open(await freshStaffPath(staffSigning(), booking));
    expect(page.words).toContain(TITLE);
    expect(page.words).not.toContain('Giá ước tính');
  });
});

describe('/viec/<token>/chot/', () => {
  test('needs the details to be opened by hand', async () => {
    const path = await freshStaffPath(staffSigning(), await surveyed());
    const refused = await new Visitor(NOW).open(`${path}chot/`);
    expect([refused.status, refused.headers.get('Location')]).toEqual([303, path]);
    const page = await new Visitor(NOW).open(path);
    expect(page.words).toContain('Xem xong, khách đồng ý làm');
    expect(page.text).not.toContain('Nguyễn Thị Hoa');
  });

  test('makes the job agreed on a record of its own, with the same person and nothing typed twice', async () => {
    const survey = await surveyed();
    const path = await freshStaffPath(staffSigning(), survey);
    const staff = new Visitor(NOW);
    await staff.submit(formOf(await staff.open(path), 'open'), { sure: 'yes' });
    expect((await staff.open(path)).text).toContain(`href="${path}chot/"`);
    const [form] = (await staff.open(`${path}chot/`)).forms;
    if (form === undefined) throw new Error('no form');
    const late = await staff.submit(form, { slot: '2026-11-27/chieu-muon', consent: 'yes' });
    expect(late.status).toBe(422);
    const done = await staff.submit(form, { slot: '2026-11-27/sang', consent: 'yes' });
    const code = /\/viec\/(TS-[0-9A-Z]{7})\./.exec(done.headers.get('Location') ?? '')?.[1] ?? '';
    const job = await findBookingByCode(env.DB, code);
    expect(job).toMatchObject({
      visit: 'work',
      previous: survey.id,
      services: [{ id: WALL, quantity: 120, answers: {} }],
      visitDate: '2026-11-27',
      window: 'sang',
    });
    if (job === null) return;
    const [one, other] = await Promise.all(
      [survey, job].map((record) => readPerson(env, record, NOW)),
    );
    expect(other).toEqual(one);
    expect((await readBooking(survey.id)).state).toBe('confirmed');
    const { results } = await env.DB.prepare(
      'select arrival_window as w from seats where booking_id = ? order by w',
    )
      .bind(job.id)
      .all<{ w: string }>();
    expect(results.map(({ w }) => w)).toEqual(['chieu', 'sang']);
    // The look is over: it was no work, so whoever has had nothing else is no regular customer.
    await env.DB.prepare("update bookings set state = 'completed' where id = ?")
      .bind(survey.id)
      .run();
    const page = await staff.open(await freshStaffPath(staffSigning(), job));
    expect(page.words).not.toContain('Khách quen');
    const own = await new Visitor(NOW).open(await customerPath(readLinkKeys(env.LINK_KEYS), job));
    expect(own.words).toMatch(/Đến xem và báo giá: [^,]+ , Đã đến xem/);
    const look = await customerPath(readLinkKeys(env.LINK_KEYS), survey);
    expect((await new Visitor(NOW).open(look)).words).not.toContain('Anh/chị thấy đội làm');
  });
});
