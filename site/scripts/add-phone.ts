const WORKER = '/viec-bao.js';
const SCOPE = '/viec/';

const addForm = document.querySelector<HTMLFormElement>('#them-may');
if (addForm !== null && 'serviceWorker' in navigator && 'PushManager' in window) {
  addForm.hidden = false;
  document.querySelector('#may-khong-bao')?.remove();
  void renew(addForm);
  addForm.addEventListener('submit', (event) => {
    event.preventDefault();
    void add(addForm);
  });
}

/** Subscribes this phone. The browser asks its owner first. */
async function add(to: HTMLFormElement): Promise<void> {
  const status = to.querySelector('[role="status"]');
  const say = (text: string) => status?.replaceChildren(text);
  try {
    if ((await Notification.requestPermission()) !== 'granted') {
      say(
        'Điện thoại chưa cho phép báo. Mở cài đặt của trình duyệt, cho phép thông báo, rồi bấm lại.',
      );
      return;
    }
    await navigator.serviceWorker.register(WORKER, { scope: SCOPE });
    const { pushManager } = await navigator.serviceWorker.ready;
    const key = to.dataset['key'] ?? '';
    const known = await pushManager.getSubscription();
    // One of an earlier key receives nothing that the new one signs.
    if (known !== null && keyOf(known) !== key) await known.unsubscribe();
    const subscription = await pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: key,
    });
    const answer = await send(to, { subscription, name: valueOf(to, 'name') });
    const problem: { detail?: string } = answer.ok ? {} : await answer.json();
    say(problem.detail ?? 'Đã thêm. Điện thoại này được báo từ bây giờ.');
  } catch {
    say('Chưa thêm được. Kiểm tra mạng rồi bấm lại.');
  }
}

/** Tells the site that this phone is still in use; it keeps its name there. Where none was added from here, nothing is sent. */
async function renew(to: HTMLFormElement): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(SCOPE);
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription) await send(to, { subscription, name: '' }).catch(() => undefined);
}

function send(
  to: HTMLFormElement,
  { subscription, name }: { subscription: PushSubscription; name: string },
): Promise<Response> {
  const token = valueOf(to, 'token');
  const publicKey = keyOf(subscription);
  return fetch(to.action, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ subscription, name, token, publicKey }),
  });
}

function valueOf(form: HTMLFormElement, name: string): string {
  return form.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? '';
}

/** The public key that a subscription was made with, base64url. */
function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer());
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
