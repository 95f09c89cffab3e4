import { html, raw } from 'hono/html';
import type { InboxEntry, RecordedDispatch, RecordedEmail } from './inbox.ts';

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 50rem; margin: 0 auto; padding: 1rem; }
  article { border: 1px solid #999; border-radius: .5rem; padding: 0 1rem 1rem; margin: 1rem 0; }
  h2 { font-size: 1.1rem; } dt { font-weight: 600; } dd { margin: 0 0 .5rem; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; background: light-dark(#f4f4f4, #222); padding: .75rem; }
  .mail { border: 1px dashed #999; overflow-wrap: anywhere; }
  summary { padding: .7rem 0; cursor: pointer; } summary a { padding: .7rem; }`;

/** The inbox as one page, newest first. */
export async function inboxPage(entries: readonly InboxEntry[]) {
  const articles = entries.map((entry) =>
    entry.kind === 'email' ? email(entry) : dispatch(entry),
  );
  return html`<!doctype html>
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Hộp thư thử (${entries.length})</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>Hộp thư thử</h1>
          <p>
            Những gì nhân viên, khách và bộ phận điều phối đáng lẽ nhận được. Chỉ giữ trong bộ nhớ,
            mất khi tắt máy chủ. Dạng máy đọc: <a href="/dev/inbox.json">/dev/inbox.json</a>, bên
            nhận phiếu việc: <a href="/dev/dispatch">/dev/dispatch</a>.
          </p>
          ${entries.length === 0 ? html`<p>Chưa có gì.</p>` : articles}
        </main>
      </body>
    </html>`;
}

async function email(entry: RecordedEmail) {
  const files = entry.attachments.map(
    (file, index) =>
      html`<details>
        <summary>
          ${file.filename} (${file.type})
          <a href="/dev/inbox/${entry.id}/${index}">tải về</a>
        </summary>
        <pre>${file.content}</pre>
      </details>`,
  );
  return html`<article data-kind="email">
    <h2>✉ ${entry.subject}</h2>
    <dl>
      <dt>Lúc</dt>
      <dd>${entry.at}</dd>
      <dt>Từ</dt>
      <dd>${entry.from}</dd>
      <dt>Đến</dt>
      <dd>${entry.to} (${entry.binding})</dd>
    </dl>
    <div class="mail">${raw(await harmless(entry.html))}</div>
    <details>
      <summary>Bản chữ</summary>
      <pre>${entry.text}</pre>
    </details>
    ${files}
  </article>`;
}

function dispatch(entry: RecordedDispatch) {
  return html`<article data-kind="dispatch">
    <h2>⇢ Phiếu việc: ${eventType(entry.body)} (${entry.status})</h2>
    <p>${entry.at} · ${entry.headers['webhook-id']}</p>
    <pre>${pretty(entry.body)}</pre>
    <details>
      <summary>Header</summary>
      <pre>${JSON.stringify(entry.headers, null, 2)}</pre>
    </details>
  </article>`;
}

function eventType(body: string): string {
  const parsed: unknown = parse(body);
  return parsed && typeof parsed === 'object' && 'type' in parsed ? String(parsed.type) : '?';
}

function pretty(body: string): string {
  const parsed: unknown = parse(body);
  return parsed === undefined ? body : JSON.stringify(parsed, null, 2);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Replaces `body` and `main` of a mail by a `div` with their style: its background, font and margins. */
function frame(part: Element): void {
  const style = (part.getAttribute('style') ?? '').replaceAll('"', '&quot;');
  part.before(`<div style="${style}">`, { html: true });
  part.after('</div>', { html: true });
  part.removeAndKeepContent();
}

/** The markup of a mail without its outer document and without anything that loads. The page's CSP blocks what is left. */
async function harmless(markup: string): Promise<string> {
  const drop = { element: (e: Element) => void e.remove() };
  const unwrap = { element: (e: Element) => void e.removeAndKeepContent() };
  return new HTMLRewriter()
    .on('head, title, script, style, link, meta, base, iframe, object, embed, img', drop)
    .on('body, main', { element: frame })
    .on('html', unwrap)
    .transform(new Response(markup.replace(/<!doctype[^>]*>/i, '')))
    .text();
}
