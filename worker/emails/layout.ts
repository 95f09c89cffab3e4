import { html } from 'hono/html';

/** Markup that hono/html escaped. */
type Markup = ReturnType<typeof html>;

/** The content of an e-mail, drawn once as HTML and once as text. */
export interface MailContent {
  /** The first line: what a notification shows. */
  headline: string;
  /** Sentences above the facts. */
  lead: readonly string[];
  facts: readonly (readonly [label: string, value: string])[];
  /** The one link, with the words on it. */
  link: { label: string; url: string } | null;
  /** Lists below the link, each under its heading. */
  sections?: readonly MailSection[];
  /** Sentences below. */
  closing: readonly string[];
}

/** A list under a heading; a line with an address is a link. */
export interface MailSection {
  heading: string;
  lines: readonly MailLine[];
}

/** One line of a list. */
export interface MailLine {
  text: string;
  url?: string;
}

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const INK = '#16242e';
const ACT = '#0b5c7a';
const LINE = '#d9d2c3';
const PAPER = '#fbf8f1';

/** The plain text of an e-mail. */
export function renderText(content: MailContent): string {
  const { headline, lead, facts, link, sections = [], closing } = content;
  const blocks = [
    headline,
    lead.join('\n'),
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    link === null ? '' : `${link.label}:\n${link.url}`,
    ...sections.map(sectionText),
    closing.join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The HTML of an e-mail: one column, every value escaped, nothing loaded from anywhere. */
export async function renderHtml(content: MailContent): Promise<string> {
  const { headline, lead, facts, link, sections = [], closing } = content;
  const page = html`<!doctype html>
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${headline}</title>
      </head>
      <body
        style="margin:0;background:${PAPER};color:${INK};${FONT};font-size:17px;line-height:1.6"
      >
        <main style="max-width:34rem;margin:0 auto;padding:20px">
          <h1 style="font-size:20px;line-height:1.35;margin:0 0 12px">${headline}</h1>
          ${lead.map(paragraph)} ${facts.length === 0 ? '' : renderFacts(facts)}
          ${link === null ? '' : renderLink(link)} ${sections.map(renderSection)}
          ${closing.map(paragraph)}
        </main>
      </body>
    </html>`;
  return String(await page);
}

function paragraph(text: string): Markup {
  return html`<p style="margin:0 0 12px">${text}</p>`;
}

function sectionText({ heading, lines }: MailSection): string {
  const list = lines.map(({ text, url }) =>
    url === undefined ? `- ${text}` : `- ${text}\n  ${url}`,
  );
  return [heading, ...list].join('\n');
}

function renderSection({ heading, lines }: MailSection): Markup {
  const row = `margin:0;padding:8px 0;border-top:1px solid ${LINE}`;
  return html`<h2 style="font-size:17px;line-height:1.35;margin:20px 0 6px">${heading}</h2>
    ${lines.map(({ text, url }) =>
      url === undefined
        ? html`<p style="${row}">${text}</p>`
        : html`<p style="${row}"><a href="${url}" style="color:${ACT}">${text}</a></p>`,
    )}`;
}

function renderFacts(facts: MailContent['facts']): Markup {
  const cell = `padding:6px 12px 6px 0;border-top:1px solid ${LINE};vertical-align:top;text-align:left`;
  const rows = facts.map(
    ([label, value]) =>
      html`<tr>
        <th scope="row" style="${cell};font-weight:400;white-space:nowrap">${label}</th>
        <td style="${cell};font-weight:600">${value}</td>
      </tr>`,
  );
  return html`<table style="border-collapse:collapse;width:100%;margin:0 0 16px;font-size:17px">
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function renderLink({ label, url }: { label: string; url: string }): Markup {
  const button = `display:inline-block;background:${ACT};color:#ffffff;padding:14px 20px;font-weight:600;text-decoration:none`;
  return html`<p style="margin:0 0 16px"><a href="${url}" style="${button}">${label}</a></p>`;
}
