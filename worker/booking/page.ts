import { bookingRules, holidays } from '../../shared/content/catalogue.ts';
import { callbackDeadline } from '../../shared/jobs/working-time.ts';
import { currentPrivacyPolicy } from '../../shared/privacy/policies.ts';
import { formWindowsData, toControls } from '../time-windows/form-windows.ts';
import { formatDeadline } from '../../shared/time.ts';
import type { AppContext } from '../web/context.ts';
import { issueIntent } from '../signing/links.ts';
import { answerPage } from '../web/pages.ts';
import { errorData, type FormView } from '../web/form-view.ts';

/** The booking form with windows, a new intent and everything that was typed; without the database, the static form. */
export async function answerBookingPage(c: AppContext, view: FormView): Promise<Response> {
  const { now, linkKeys } = c.var;
  const errors = view.errors ?? [];
  return answerPage(c, {
    path: '/dat-lich/',
    status: view.status ?? 200,
    keeping: view.status === undefined ? 'form' : 'personal',
    data: {
      ...errorData(errors, view.notice),
      ...(await formWindowsData(c, {
        values: view.values,
        alternatives: view.alternatives ?? [],
        rules: bookingRules,
        action: '/dat-lich/#window',
      })),
      notice: view.notice ?? null,
      callBy: callBy(now),
      values: { policy: currentPrivacyPolicy()?.version ?? null, ...toControls(view.values) },
      intent: view.intent ?? (await issueIntent({ keys: linkKeys, now }, 'booking', view.firstAt)),
    },
  });
}

/** Before when staff call whoever sends the form now, in words. */
function callBy(now: Date): string | null {
  const deadline = callbackDeadline(bookingRules, holidays, now);
  return deadline === null ? null : formatDeadline(deadline);
}
