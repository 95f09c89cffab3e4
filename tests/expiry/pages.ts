import { findCalm, PERSON, showsPerson } from './people.ts';
import { post, type Reader } from './records.ts';

/** What one page shows. */
export interface Look {
  name: string;
  status: number;
  /** Whether it shows its reader something of the person while that is kept. */
  personal: boolean;
  /** Whether anything of the person is on it. */
  shows: boolean;
  /** The words in which it says that the details are gone, or nothing. */
  calm: string;
}

/** Looks at every page and file that shows a record, the customer's and the staff's. */
export function readPages(reader: Reader, kind: 'booking' | 'message'): Promise<Look[]> {
  const { url, cookie, customer, data, dataToken, staff } = reader;
  const get = (path: string) => fetch(url + path, { headers: { cookie }, redirect: 'manual' });
  const copy = (sure: string) => post(url + data, { act: 'see', token: dataToken, sure });
  const all = [
    look(`${kind}: its customer's page`, get(customer), true),
    look(`${kind}: my data`, get(data), true),
    look(`${kind}: the copy to read`, copy('html'), true),
    look(`${kind}: the copy for machines`, copy('json'), true),
    look(`${kind}: the page of staff, details open`, get(staff), true),
  ];
  if (kind === 'message') return Promise.all(all);
  const calendar = get(customer.replace('/?', '/lich.ics?'));
  return Promise.all([...all, look(`${kind}: the calendar file`, calendar, false)]);
}

/** Looks at the pages that name records without their people, and tries to find one by its number. */
export function readLists({ url, code }: Reader, week: string): Promise<Look[]> {
  const digits = PERSON.phone.replaceAll(' ', '').slice(-4);
  return Promise.all([
    look('the week of staff', fetch(url + week), false),
    look('what is kept, for everyone', fetch(`${url}/minh-bach/`), false),
    look('finding it by code and digits', post(`${url}/don/`, { code, digits }), false),
  ]);
}

async function look(name: string, answer: Promise<Response>, personal: boolean): Promise<Look> {
  const response = await answer;
  const text = (await response.text()).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  const { status } = response;
  return { name, status, personal, shows: showsPerson(text), calm: findCalm(text) };
}
