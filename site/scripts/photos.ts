/** Sends the pictures of each form one after the other, made small before, with progress for each and again on a weak line. */
interface Options {
  /** Pixels of the longer side that is sent. */
  side: number;
  /** Pictures that are sent at most. */
  count: number;
}

const TRIES = 4;
const FIRST_PAUSE_MS = 1_500;
const QUALITY = 0.85;

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-photos]')) {
  listen(form, JSON.parse(form.dataset['photos'] ?? '{}') as Options);
}

/** The name under which a chosen file is sent: the same at every press, by which the server keeps it once. */
const names = new WeakMap<File, string>();
/** Files that were kept: a further press sends only the others. */
const sent = new WeakSet<File>();

function listen(form: HTMLFormElement, options: Options): void {
  form.addEventListener('submit', (event) => {
    const files = [...(form.querySelector<HTMLInputElement>('input[type=file]')?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void sendAll(form, files, options);
  });
}

async function sendAll(form: HTMLFormElement, files: File[], options: Options): Promise<void> {
  const button = form.querySelector('button');
  const list = form.querySelector('ul');
  if (button === null || list === null || button.disabled) return;
  button.disabled = true;
  list.hidden = false;
  list.replaceChildren();
  const lines = files.map((file) => addLine(list, file.name));
  for (const [at, file] of files.entries()) {
    const line = lines[at];
    if (line === undefined) continue;
    if (at >= options.count) line.refuse(`chưa gửi, mỗi lần nhiều nhất ${options.count} ảnh`);
    else if (sent.has(file) || (await sendOne(form, { file, side: options.side }, line))) {
      sent.add(file);
      line.move(1);
      line.say('đã gửi');
    }
  }
  button.disabled = false;
  if (files.every((file) => sent.has(file))) {
    location.hash = form.closest('[id]')?.id ?? '';
    location.reload();
  } else if (files.some((file) => sent.has(file))) await showKept(form);
}

/** Shows above a record's form what was kept; the form stays, whose lines say of the others why they were not. */
async function showKept(form: HTMLFormElement): Promise<void> {
  if (form.parentElement?.id !== 'anh') return;
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok !== true) return;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.getElementById('anh')?.children ?? [];
  const above = [...fresh].filter(({ localName }) => localName !== 'form');
  if (above.length === 0) return;
  while (form.previousElementSibling !== null) form.previousElementSibling.remove();
  for (const part of above) form.parentElement.insertBefore(part, form);
}

/** The picture at most so many pixels long as JPEG; as it is where the browser cannot read it or it would not get smaller. */
async function shrink(file: File, side: number): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, side / Math.max(picture.width, picture.height));
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const small = await new Promise<Blob | null>((done) =>
      canvas.toBlob(done, 'image/jpeg', QUALITY),
    );
    return small !== null && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

interface Line {
  move: (share: number) => void;
  say: (words: string) => void;
  /** Says why the picture was not kept. */
  refuse: (words: string) => void;
}

function addLine(list: HTMLUListElement, name: string): Line {
  const item = document.createElement('li');
  const bar = document.createElement('progress');
  const words = document.createElement('span');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', name);
  const title = document.createElement('span');
  title.textContent = name;
  for (const part of [title, bar, words]) item.appendChild(part);
  list.appendChild(item);
  return {
    move: (share) => (bar.value = share),
    say: (text) => (words.textContent = text),
    refuse: (text) => {
      words.textContent = text;
      words.className = 'refused';
    },
  };
}

/** Whether one picture was kept; where it was not, its line says why. Tried again where the line is weak or the page is busy. */
async function sendOne(
  form: HTMLFormElement,
  { file, side }: { file: File; side: number },
  line: Line,
): Promise<boolean> {
  const name = names.get(file) ?? crypto.randomUUID();
  names.set(file, name);
  const picture = new File([await shrink(file, side)], name);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    line.say(attempt === 1 ? 'đang gửi' : `mạng yếu, gửi lại lần ${attempt}`);
    const { status, text } = await post(form, picture, line);
    if (status === 201) return true;
    if (status !== 0 && status < 500) {
      line.refuse(readWords(text));
      return false;
    }
    await new Promise((resume) => setTimeout(resume, FIRST_PAUSE_MS * 2 ** (attempt - 1)));
  }
  line.refuse('chưa gửi được vì mạng yếu; bấm Gửi ảnh để gửi lại');
  return false;
}

/** The answer of one post; status 0 where there is none. `fetch` tells no progress of what is sent. */
function post(
  form: HTMLFormElement,
  picture: File,
  line: Line,
): Promise<{ status: number; text: string }> {
  const fields = new FormData(form);
  fields.set('photo', picture);
  const request = new XMLHttpRequest();
  request.open('POST', form.action);
  request.setRequestHeader('Accept', 'application/json');
  request.upload.addEventListener('progress', ({ loaded, total }) => line.move(loaded / total));
  return new Promise((done) => {
    request.addEventListener('loadend', () =>
      done({ status: request.status, text: request.responseText }),
    );
    request.send(fields);
  });
}

/** The sentence of an answer, without the number of the file, since each is sent alone. */
function readWords(text: string): string {
  try {
    const { errors, detail } = JSON.parse(text) as {
      errors?: { message: string }[];
      detail?: string;
    };
    return (errors?.[0]?.message ?? detail ?? '').replace(/^[^:]*: /, '');
  } catch {
    return 'chưa gửi được; tải lại trang rồi thử lại';
  }
}
