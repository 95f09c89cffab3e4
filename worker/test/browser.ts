import { decodeEntities, htmlToText } from '../../shared/text.ts';
import { ORIGIN, send } from './requests.ts';

/** A form of a page as it stands: where it goes and what its controls hold; radios by name with their values. */
export interface PageForm {
  action: string;
  values: Record<string, string>;
  radios: { name: string; value: string }[];
}

/** An answer with its text and forms. */
export interface Page {
  status: number;
  headers: Headers;
  text: string;
  /** The page without tags and runs of white space. */
  words: string;
  forms: PageForm[];
}

/** A visitor without scripts: keeps cookies by path, follows nothing by itself. */
export class Visitor {
  #cookies: { name: string; value: string; path: string }[] = [];

  constructor(
    public now: Date,
    cookie = '',
  ) {
    const [name = '', value = ''] = cookie.split('=');
    if (cookie !== '') this.#cookies.push({ name, value, path: '/' });
  }

  open(path: string, method = 'GET'): Promise<Page> {
    return this.#send(path, { method, headers: this.#headers(path) });
  }

  post(path: string, values: Record<string, string>): Promise<Page> {
    const headers = { ...this.#headers(path), Origin: ORIGIN, 'Sec-Fetch-Site': 'same-origin' };
    return this.#send(path, { method: 'POST', headers, body: new URLSearchParams(values) });
  }

  submit(form: PageForm, choices: Record<string, string> = {}): Promise<Page> {
    return this.post(form.action, { ...form.values, ...choices });
  }

  /** Submits a form and opens the page that the 303 leads to. */
  async follow(form: PageForm, choices: Record<string, string> = {}): Promise<Page> {
    const answer = await this.submit(form, choices);
    const location = answer.headers.get('Location');
    if (answer.status !== 303 || location === null) return answer;
    return this.open(location);
  }

  /** Opens a page of a record's sender and presses "Xem đầy đủ" where it is there. */
  async openAll(path: string): Promise<Page> {
    const page = await this.open(path);
    const press = page.forms.find(({ values }) => values['act'] === 'open');
    return press === undefined ? page : this.follow(press);
  }

  /** The cookies that this visitor sends to an address. */
  cookieFor(path: string): string {
    const { pathname } = new URL(path, ORIGIN);
    const sent = this.#cookies.filter((cookie) => pathname.startsWith(cookie.path));
    return sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  #headers(path: string): Record<string, string> {
    const cookie = this.cookieFor(path);
    return { Accept: 'text/html', ...(cookie === '' ? {} : { Cookie: cookie }) };
  }

  async #send(path: string, init: RequestInit): Promise<Page> {
    const response = await send(path, init, { now: this.now });
    const text = await response.text();
    response.headers.getSetCookie().forEach((header) => this.#keep(header));
    const { status, headers } = response;
    return { status, headers, text, words: htmlToText(text), forms: await readForms(text) };
  }

  #keep(header: string): void {
    const [pair = '', ...attributes] = header.split('; ');
    const [name = '', value = ''] = pair.split('=');
    const path = attributes.find((part) => part.startsWith('Path='))?.slice('Path='.length) ?? '/';
    this.#cookies = [
      ...this.#cookies.filter((cookie) => cookie.path !== path || cookie.name !== name),
      { name, value, path },
    ];
  }
}

/** The form of a page that asks for a given act. */
export function formOf(page: Page, act: string): PageForm {
  const form = page.forms.find(({ values }) => values['act'] === act);
  if (form === undefined) throw new Error(`No form ${act}`);
  return form;
}

async function readForms(html: string): Promise<PageForm[]> {
  const forms: PageForm[] = [];
  let [select, area] = ['', ''];
  const rewriter = new HTMLRewriter()
    .on('form', {
      element(element) {
        forms.push({
          action: decodeEntities(element.getAttribute('action') ?? ''),
          values: {},
          radios: [],
        });
      },
    })
    .on('form input, form button:not([formaction])', {
      element(element) {
        const form = forms.at(-1);
        const name = element.getAttribute('name');
        if (form === undefined || name === null) return;
        const value = decodeEntities(element.getAttribute('value') ?? '');
        const type = element.getAttribute('type');
        if (type === 'radio') form.radios.push({ name, value });
        const isChoice = type === 'radio' || type === 'checkbox';
        if (isChoice && !element.hasAttribute('checked')) return;
        const before = type === 'checkbox' ? form.values[name] : undefined;
        form.values[name] = before === undefined ? value : `${before},${value}`;
      },
    })
    .on('form select', {
      element(element) {
        select = element.getAttribute('name') ?? '';
      },
    })
    .on('form select option[selected]', {
      element(element) {
        const form = forms.at(-1);
        if (form !== undefined) {
          form.values[select] = decodeEntities(element.getAttribute('value') ?? '');
        }
      },
    })
    .on('form textarea', {
      element(element) {
        area = element.getAttribute('name') ?? '';
        const form = forms.at(-1);
        if (form !== undefined) form.values[area] = '';
      },
      text({ text }) {
        const form = forms.at(-1);
        if (form !== undefined) form.values[area] += decodeEntities(text);
      },
    });
  await rewriter.transform(new Response(html)).text();
  return forms;
}
