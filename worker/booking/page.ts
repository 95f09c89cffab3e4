import { bookingRules } from '../../shared/content/catalogue.ts';
import { currentPrivacyPolicy } from '../../shared/privacy/policies.ts';
import { formWindowsData, withSlotField } from '../time-windows/form-windows.ts';
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
      values: { policy: currentPrivacyPolicy()?.version ?? null, ...withSlotField(view.values) },
      intent: view.intent ?? (await issueIntent({ keys: linkKeys, now }, 'booking', view.firstAt)),
    },
  });
}
