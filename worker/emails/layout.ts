import { html, raw } from 'hono/html';
import { noBreak } from './no-break.ts';

/** Markup that hono/html escaped. */
export type Markup = ReturnType<typeof html>;

/** The content of an e-mail, rendered as HTML and as text. */
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

export interface MailLine {
  text: string;
  url?: string;
}

/** Colours of a link and of a line between parts, which HTML that is drawn elsewhere needs too. */
export const mailColours = { act: '#0b5c7a', line: '#d9d2c3' } as const;

const FONT = "font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif";
const INK = '#16242e';
const ACT = mailColours.act;
const LINE = mailColours.line;
const PAPER = '#fbf8f1';

/** Dark colours for mail readers that keep a style element; the others show the colours in the style attributes. */
const DARK = `@media (prefers-color-scheme:dark){
.paper{background:#0e1d26!important;color:#f2ede2!important}
.ink{color:#f2ede2!important}.act{color:#86cfe4!important}.line{border-color:#34495a!important}
.button{background:#86cfe4!important;color:#07202b!important}}`;

/** The band of tiles on top: squares of four triangles, drawn by borders since mail readers load no pictures. */
const TILE =
  '<b style="display:inline-block;width:0;height:0;border:9px solid;border-color:#0b5c7a #f0b73a #0b5c7a #9c3517"></b>';
const BAND = `<div aria-hidden="true" style="height:18px;overflow:hidden;white-space:nowrap;font-size:0;line-height:0">${TILE.repeat(40)}</div>`;

export function renderText(content: MailContent): string {
  const { headline, lead, facts, link, sections = [], closing } = content;
  const blocks = [
    headline,
    lead.join('\n'),
    link === null ? '' : `${link.label}:\n${link.url}`,
    facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    ...sections.map(sectionText),
    closing.join('\n'),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** The HTML of an e-mail: one column, the link above the facts, every value escaped, nothing loaded. */
export async function renderHtml(content: MailContent): Promise<string> {
  const { headline, lead, facts, link, sections = [], closing } = content;
  return renderPage(
    headline,
    html`${lead.map(paragraph)} ${link === null ? '' : renderLink(link)}
    ${facts.length === 0 ? '' : renderFacts(facts)} ${sections.map(renderSection)}
    ${closing.map(paragraph)}`,
  );
}

/** An e-mail's page: its first line as the heading, and below it what it says. */
export async function renderPage(headline: string, body: Markup): Promise<string> {
  const page = html`<!doctype html>
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>${headline}</title>
        <style>
          ${raw(DARK)}
        </style>
      </head>
      <body
        class="paper"
        style="margin:0;background:${PAPER};color:${INK};${FONT};font-size:17px;line-height:1.6"
      >
        ${raw(BAND)}
        <main style="max-width:34rem;margin:0 auto;padding:20px">
          <h1 style="font-size:20px;line-height:1.35;margin:0 0 12px">${noBreak(headline)}</h1>
          ${body}
        </main>
      </body>
    </html>`;
  return String(await page);
}

/** One paragraph of text. */
export function paragraph(text: string): Markup {
  return html`<p style="margin:0 0 12px">${noBreak(text)}</p>`;
}

function sectionText({ heading, lines }: MailSection): string {
  const list = lines.map(({ text, url }) =>
    url === undefined ? `- ${text}` : `- ${text}\n  ${url}`,
  );
  return [heading, ...list].join('\n');
}

function renderSection({ heading, lines }: MailSection): Markup {
  return html`<h2 style="font-size:17px;line-height:1.35;margin:20px 0 6px">${noBreak(heading)}</h2>
    ${lines.map(renderLine)}`;
}

/** A line of a list. One with an address shows its first part as the link, though all of it can be tapped. */
function renderLine({ text, url }: MailLine): Markup {
  const row = `margin:0;border-top:1px solid ${LINE};line-height:1.45;overflow-wrap:anywhere`;
  if (url === undefined) {
    return html`<p class="line" style="${row};padding:8px 0">${noBreak(text)}</p>`;
  }
  const [first = '', ...rest] = text.split(' · ');
  return html`<p class="line" style="${row}">
    <a
      class="ink"
      href="${url}"
      style="display:block;padding:10px 0;color:${INK};text-decoration:none"
      ><b class="act" style="color:${ACT};text-decoration:underline">${noBreak(first)}</b>
      ${noBreak(rest.map((part) => `· ${part}`).join(' '))}</a
    >
  </p>`;
}

function renderFacts(facts: MailContent['facts']): Markup {
  const cell = `padding:6px 12px 6px 0;border-top:1px solid ${LINE};vertical-align:top;text-align:left`;
  const value = `${cell};font-weight:600;white-space:pre-line;overflow-wrap:anywhere`;
  const rows = facts.map(
    ([label, text]) =>
      html`<tr>
        <th class="line" scope="row" style="${cell};font-weight:400;width:7em">${label}</th>
        <td class="line" style="${value}">${noBreak(text)}</td>
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
  return html`<p style="margin:0 0 16px">
    <a class="button" href="${url}" style="${button}">${label}</a>
  </p>`;
}
