import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { FieldError } from '../../shared/forms/fields.ts';
import type { AppContext } from '../web/context.ts';
import { answerPage } from '../web/pages.ts';
import { errorData } from '../web/form-view.ts';

export interface FindView {
  values: { code?: string };
  errors?: readonly FieldError[];
  /** The message at the top. The page adds the number to call. */
  notice?: string | null;
  status?: ContentfulStatusCode;
  /** True where the code no longer opens the request, so that the page links to the contact form. */
  ended?: boolean;
}

/** The page that asks for code and last four digits. The typed digits are never shown again. */
export function answerFindPage(c: AppContext, view: FindView): Promise<Response> {
  return answerPage(c, {
    path: '/don/',
    status: view.status ?? 200,
    keeping: 'personal',
    data: {
      ...errorData(view.errors ?? []),
      notice: view.notice ?? null,
      ended: view.ended === true,
      values: view.values,
    },
  });
}
