import { Hono } from 'hono';
import { findWindow } from '../../shared/availability.ts';
import { bookingRules, company, findService, findWard } from '../../shared/catalogue.ts';
import { wardName } from '../../shared/areas.ts';
import { parseCode } from '../../shared/code.ts';
import { formatPhone } from '../../shared/phone.ts';
import { bookingStateNames, messageStateNames } from '../../shared/states.ts';
import { formatDate, formatInstant, formatSpan, later } from '../../shared/time.ts';
import type { AppContext, AppEnv } from '../context.ts';
import type { FillData } from '../fill-data.ts';
import { isCustomerToken } from '../links.ts';
import { answerNotFound, answerPage } from '../pages.ts';
import { hotline } from '../problems.ts';
import { type Booking, findBookingByCode } from '../store/bookings.ts';
import { findMessageByCode, type Message } from '../store/messages.ts';
import { openPerson, openVault } from '../vault.ts';
import { withSlash } from './forms.ts';

/** Days after the visit until which a customer's link opens. */
const LINK_DAYS = 30;

/** `/don/`: find a request, and `/don/<code>/?k=`: the customer's page. */
export const customerRoutes = new Hono<AppEnv>()
  .get('/:code', (c) => c.redirect(withSlash(c.req.url), 308))
  .get('/:code/', async (c) => {
    const code = parseCode(company.codePrefix, c.req.param('code'));
    if (code === null) return answerNotFound(c);
    const booking = await findBookingByCode(c.env.DB, code);
    const message = booking === null ? await findMessageByCode(c.env.DB, code) : null;
    const record = booking ?? message;
    const token = c.req.query('k') ?? '';
    if (record === null || !(await isCustomerToken(c.var.linkKeys, record.id, token))) {
      return answerFind(c, code);
    }
    if (booking !== null && c.var.now > later(booking.visitEndsAt, { days: LINK_DAYS })) {
      return answerFind(c, code);
    }
    return booking !== null ? answerBooking(c, booking) : answerMessage(c, message as Message);
  });

function answerFind(c: AppContext, code: string): Promise<Response> {
  return answerPage(c, {
    path: '/don/',
    keeping: 'personal',
    data: { errors: {}, errorList: [], values: { code }, hotline },
  });
}

async function answerBooking(c: AppContext, booking: Booking): Promise<Response> {
  const window = findWindow(bookingRules, booking.window);
  const ward = findWard(booking.ward);
  return answerPage(c, {
    path: '/khung/don/',
    keeping: 'personal',
    data: {
      title: `Yêu cầu ${booking.code}`,
      code: booking.code,
      state: booking.state === 'held' ? 'requested' : booking.state,
      stateName: bookingStateNames[booking.state],
      service: findService(booking.service)?.name ?? booking.service,
      when: `${formatDate(booking.visitDate)}${window === undefined ? '' : `, ${window.label}, ${formatSpan(window)}`}`,
      ward: ward === undefined ? booking.ward : wardName(ward),
      created: formatInstant(booking.createdAt),
      hotline,
      ...(await phoneData(c, booking)),
    },
  });
}

/** The number that will be called, as it was understood; nothing where the details have ended. */
async function phoneData(c: AppContext, booking: Booking): Promise<FillData> {
  const opened = await openPerson(openVault(c.env), booking.id, booking.sealed);
  if (opened.state === 'absent' || opened.person.phone === null) return { phone: null };
  const { phone, retiredPhone } = opened.person;
  return { phone: formatPhone(phone), retiredPhone };
}

function answerMessage(c: AppContext, message: Message): Promise<Response> {
  return answerPage(c, {
    path: '/khung/tin-nhan/',
    keeping: 'personal',
    data: {
      title: `Tin nhắn ${message.code}`,
      code: message.code,
      stateName: messageStateNames[message.state],
      created: formatInstant(message.createdAt),
      hotline,
    },
  });
}
