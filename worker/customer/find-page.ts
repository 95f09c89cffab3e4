import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { FieldError } from '../../shared/forms/fields.ts';
import type { AppContext } from '../web/context.ts';
import { answerPage } from '../web/pages.ts';
import { errorData } from '../web/form-view.ts';

/** What the page for finding a request shows. */
export interface FindView {
  values: { code?: string };
  errors?: readonly FieldError[];
  /** A sentence on top; the page adds the number to call. */
  notice?: string | null;
  status?: ContentfulStatusCode;
  /** Whether the way to the request is the contact form, since no code opens it any more. */
  ended?: boolean;
}

/** The page that asks for code and digits; the digits typed are never given back. */
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
