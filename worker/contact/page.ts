import { currentPrivacyPolicy } from '../../shared/privacy/policies.ts';
import type { AppContext } from '../web/context.ts';
import { issueIntent } from '../signing/links.ts';
import { openingFor } from './purposes.ts';
import { answerPage } from '../web/pages.ts';
import { errorData, type FormView } from '../web/form-view.ts';

/** The contact form with a new intent and everything that was typed. */
export async function answerContactPage(c: AppContext, view: FormView): Promise<Response> {
  const { now, linkKeys } = c.var;
  const opening = openingFor(view.values['kind'], view.values['code']);
  const errors = errorData(view.errors ?? [], view.notice);
  return answerPage(c, {
    path: '/lien-he/',
    status: view.status ?? 200,
    keeping: view.status === undefined ? 'form' : 'personal',
    data: {
      ...opening,
      ...errors,
      title: errors.title ?? opening.heading,
      notice: view.notice ?? null,
      values: { policy: currentPrivacyPolicy()?.version ?? null, ...view.values },
      intent: view.intent ?? (await issueIntent({ keys: linkKeys, now }, 'contact', view.firstAt)),
    },
  });
}
