// The service worker of the staff's pages: shows what is pushed, and nothing else. It answers no request of a page.
const names = {
  'booking.requested': 'Yêu cầu mới',
  'booking.changed': 'Khách đã đổi',
  'booking.cancelled': 'Khách đã hủy',
  'message.question': 'Tin nhắn mới',
  'message.quote': 'Xin báo giá',
  'message.complaint': 'Khiếu nại',
  'message.privacy': 'Yêu cầu về dữ liệu cá nhân',
  outage: 'Hệ thống đang không gửi được tin',
};

self.addEventListener('push', (event) => {
  const { code, kind, service, ward, date, window } = event.data.json();
  const title = [names[kind] ?? 'Có việc mới', code].filter(Boolean).join(' · ');
  const day = date?.split('-').reverse().join('/');
  const body = [service, ward, [day, window].filter(Boolean).join(', ')]
    .filter(Boolean)
    .join(' · ');
  // The newest of a record takes the place of an older one, and a second copy that of the first.
  const options = {
    body,
    tag: code ?? kind,
    renotify: true,
    lang: 'vi',
    icon: '/apple-touch-icon.png',
  };
  event.waitUntil(self.registration.showNotification(title, options));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openStaffPage());
});

/** Goes to the staff's page that is open; where none is, to the one that sends a link. */
async function openStaffPage() {
  const pages = await self.clients.matchAll({ type: 'window' });
  const open = pages.find(({ url }) => new URL(url).pathname.startsWith('/viec/'));
  return open === undefined ? self.clients.openWindow('/viec/') : open.focus();
}
