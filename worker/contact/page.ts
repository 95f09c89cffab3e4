import { ENGLISH_PATH } from '../../shared/languages.ts';
import { currentPrivacyPolicy } from '../../shared/privacy/policies.ts';
import type { AppContext } from '../web/context.ts';
import { issueIntent } from '../signing/links.ts';
import { openingFor } from './purposes.ts';
import { answerNotFound, answerPage, hasPage } from '../web/pages.ts';
import { errorData, type FormView } from '../web/form-view.ts';

/** The contact form in the request's language, with a new intent and everything that was typed. */
export async function answerContactPage(c: AppContext, view: FormView): Promise<Response> {
  const { now, linkKeys, language } = c.var;
  const errors = errorData(view.errors ?? [], view.notice, language);
  const page = {
    status: view.status ?? 200,
    keeping: view.status === undefined ? 'form' : 'personal',
  } as const;
  const data = {
    ...errors,
    notice: view.notice ?? null,
    values: { policy: currentPrivacyPolicy()?.version ?? null, ...view.values },
    intent: view.intent ?? (await issueIntent({ keys: linkKeys, now }, 'contact', view.firstAt)),
  };
  if (language === 'en' && (await hasPage(c, ENGLISH_PATH)))
    return answerPage(c, { ...page, path: ENGLISH_PATH, data });
  const opening = openingFor(view.values['kind'], view.values['code']);
  return answerPage(c, {
    ...page,
    path: '/lien-he/',
    data: { ...data, ...opening, title: errors.title ?? opening.heading },
  });
}

/** The page for readers of English with its form; not there where the company wrote none. */
export async function answerEnglishPage(c: AppContext): Promise<Response> {
  if (!(await hasPage(c, ENGLISH_PATH))) return answerNotFound(c);
  c.set('language', 'en');
  return answerContactPage(c, { values: {} });
}
