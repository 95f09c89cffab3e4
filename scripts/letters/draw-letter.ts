import { html } from 'hono/html';
import { company, findBookableService, hotline } from '../../shared/content/catalogue.ts';
import { toE164 } from '../../shared/phone.ts';
import { type Markup, mailColours } from '../../worker/emails/layout.ts';
import { noBreak } from '../../worker/emails/no-break.ts';
import { attributesOf, type ProseNode } from '../content/prose.ts';

/** The body of a letter as the HTML of a mail and as text. */
export interface DrawnLetter {
  html: string;
  plain: string;
}

/** The shape that a letter's prose has in a mail: HTML that is escaped, and the same as text. */
interface Drawn {
  markup: Markup;
  plain: string;
}

const FLOW = 'margin:0 0 12px';

/** Draws a letter's prose for mail programs, which know no style sheet; `origin` goes before the addresses of our pages. */
export async function drawLetter(root: ProseNode, origin: string): Promise<DrawnLetter> {
  const { markup, plain } = join(
    (root.children ?? []).map((node) => block(node, origin)),
    '\n\n',
  );
  return { html: String(await markup).trim(), plain: plain.trim() };
}

function block(node: ProseNode, origin: string): Drawn {
  const { markup, plain } = inline(node, origin);
  switch (node.type) {
    case 'heading': {
      const style = 'font-size:17px;line-height:1.35;margin:20px 0 6px';
      return { markup: html`<h2 style="${style}">${markup}</h2>`, plain };
    }
    case 'list':
      return list(node, origin);
    case 'blockquote':
      return join(
        (node.children ?? []).map((child) => block(child, origin)),
        '\n\n',
      );
    case 'mdxJsxFlowElement':
      return node.name === 'Callout' ? callout(node, origin) : wrap(markup, plain);
    case 'mdxFlowExpression':
      return { markup: html``, plain: '' };
    default:
      return wrap(markup, plain);
  }
}

function wrap(markup: Markup, plain: string): Drawn {
  return { markup: html`<p style="${FLOW}">${markup}</p>`, plain };
}

function list({ children = [], ...node }: ProseNode, origin: string): Drawn {
  const items = children.map(({ children: parts = [] }) =>
    join(
      parts.map((part) => (part.type === 'list' ? list(part, origin) : inline(part, origin))),
      '\n',
    ),
  );
  const rows = items.map(({ markup }) => html`<li>${markup}</li>`);
  const style = `${FLOW};padding-left:20px`;
  const isOrdered = 'ordered' in node && node.ordered === true;
  return {
    markup: isOrdered
      ? html`<ol style="${style}">
          ${rows}
        </ol>`
      : html`<ul style="${style}">
          ${rows}
        </ul>`,
    plain: items.map(({ plain }, at) => `${isOrdered ? `${at + 1}.` : '-'} ${plain}`).join('\n'),
  };
}

function callout(node: ProseNode, origin: string): Drawn {
  const { title = '' } = attributesOf(node);
  const inside = (node.children ?? []).map((child) => block(child, origin));
  return join([wrap(html`<b>${title}</b>`, title), ...inside], '\n');
}

function inline(node: ProseNode, origin: string): Drawn {
  if (node.type === 'text')
    return { markup: html`${noBreak(node.value ?? '')}`, plain: node.value ?? '' };
  if (node.type === 'break') return { markup: html`<br />`, plain: '\n' };
  const inside = join(
    (node.children ?? []).map((child) => inline(child, origin)),
    '',
  );
  switch (node.type) {
    case 'strong':
      return { ...inside, markup: html`<b>${inside.markup}</b>` };
    case 'emphasis':
      return { ...inside, markup: html`<i>${inside.markup}</i>` };
    case 'link':
      return link(inside, new URL(node.url ?? '/', origin).href);
    case 'mdxJsxTextElement':
    case 'mdxJsxFlowElement':
      return component(node, inside, origin);
    default:
      return inside;
  }
}

/** The components that prose may use everywhere, see `checkComponents`. */
function component(node: ProseNode, inside: Drawn, origin: string): Drawn {
  switch (node.name ?? '') {
    case 'Hotline':
      return {
        markup: html`<a
          class="act"
          href="tel:${toE164(company.hotline)}"
          style="color:${mailColours.act}"
          >${hotline}</a
        >`,
        plain: hotline,
      };
    case 'Address': {
      const { street, locality, region } = company.address;
      const words = [street, locality, region].filter((part) => part !== '').join(', ');
      return { markup: html`${words}`, plain: words };
    }
    case 'BookingLink': {
      const service = findBookableService(attributesOf(node)['service'] ?? '');
      const query = service === undefined ? '' : `?service=${service.id}`;
      const words = inside.plain === '' ? { markup: html`Đặt lịch`, plain: 'Đặt lịch' } : inside;
      return link(words, new URL(`/dat-lich/${query}`, origin).href);
    }
    default:
      return inside;
  }
}

function link({ markup, plain }: Drawn, href: string): Drawn {
  return {
    markup: html`<a class="act" href="${href}" style="color:${mailColours.act}">${markup}</a>`,
    plain: `${plain} (${href})`,
  };
}

function join(parts: readonly Drawn[], between: string): Drawn {
  return {
    markup: html`${parts.map(({ markup }) => markup)}`,
    plain: parts
      .map(({ plain }) => plain)
      .filter((text) => text !== '')
      .join(between),
  };
}
