/** What the made-up customer types, to be looked for on the pages. */
const PERSON = { name: 'Hồ Thị Hết Hạn', address: '90 ngõ Giây Cuối' };
/** Words in which a page says that nothing is left to read. */
const CALM = /đã xóa, không còn đọc được|không còn giữ|không còn thông tin|đã xóa/i;
const WAIT_MS = 20_000;

/** Someone with the customer's and the staff's link, and the cookie that opened details leave. */
export interface Reader {
  url: string;
  code: string;
  customer: string;
  staff: string;
  cookie: string;
}

/** What one page shows. */
export interface Look {
  name: string;
  status: number;
  /** Whether the name is on it. */
  shows: boolean;
  /** The words in which it says that the details are gone, or nothing. */
  calm: string;
}

/** Books as a customer would, and takes the staff's link from the mail. */
export async function bookOnline(url: string): Promise<Reader> {
  const open = await fetch(`${url}/api/availability?service=giat-ghe-sofa&days=20`);
  const { days } = await open.json<{ days: { date: string; windows: { id: string }[] }[] }>();
  const day = days.findLast(({ windows }) => windows.length > 0);
  const answer = await fetch(`${url}/api/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      ...PERSON,
      service: 'giat-ghe-sofa',
      ward: '16690',
      date: day?.date,
      window: day?.windows[0]?.id,
      phone: '0912 345 678',
      consent: 'yes',
    }),
  });
  if (answer.status !== 201) throw new Error(`The booking was answered ${answer.status}`);
  const { code, statusUrl } = await answer.json<{ code: string; statusUrl: string }>();
  return { url, code, customer: statusUrl, staff: await findStaffLink(url, code), cookie: '' };
}

/** Opens the details as staff do: a radio by hand, a button, and a cookie for half an hour. */
export async function openDetails(reader: Reader): Promise<void> {
  const page = await (await fetch(reader.url + reader.staff)).text();
  const form = page.split('<form').find((text) => text.includes('value="open"')) ?? '';
  const token = /name="token" value="([^"]+)"/.exec(form)?.[1] ?? '';
  const answer = await fetch(reader.url + reader.staff, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: reader.url, 'Sec-Fetch-Site': 'same-origin' },
    body: new URLSearchParams({ act: 'open', token, sure: 'yes' }),
  });
  reader.cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  if (answer.status !== 303) throw new Error(`Opening the details was answered ${answer.status}`);
}

/** Looks at every page that shows the customer's details. */
export async function readPages(reader: Reader): Promise<Look[]> {
  const data = reader.customer.replace('/?', '/du-lieu/?');
  return Promise.all([
    look(reader, 'the job of staff', reader.staff),
    look(reader, 'my data', data),
  ]);
}

async function look({ url, cookie }: Reader, name: string, path: string): Promise<Look> {
  const response = await fetch(url + path, { headers: { cookie } });
  const text = (await response.text()).replaceAll(/<[^>]+>/g, ' ');
  return {
    name,
    status: response.status,
    shows: text.includes(PERSON.name) || text.includes(PERSON.address),
    calm: CALM.exec(text)?.[0] ?? '',
  };
}

async function findStaffLink(url: string, code: string): Promise<string> {
  for (const until = Date.now() + WAIT_MS; Date.now() < until;) {
    const inbox = await (await fetch(`${url}/dev/inbox.json`)).json<{ text?: string }[]>();
    const mail = inbox.find(({ text }) => text?.includes(code));
    const link = /\/viec\/[\w.~-]+\//.exec(mail?.text ?? '')?.[0];
    if (link !== undefined) return link;
    await new Promise((resume) => setTimeout(resume, 300));
  }
  throw new Error('No mail to staff');
}
