import { PROSE_END, PROSE_START } from '../text/prose-marks.ts';

const PROSE = new RegExp(`${PROSE_START}([^]*?)${PROSE_END}`, 'g');
const ID = / id="([^"]+)"/g;
const HEADING_ID = /(<h[2-4](?: [^>]*)?) id="([^"]+)"/g;

/** Gives a heading that an editor wrote another id where the rest of its page has that one: "Nội dung" is `noi-dung`, as the main part is. */
export function freeProseIds(html: string): string {
  const taken = new Set(Array.from(html.replace(PROSE, '').matchAll(ID), ([, id = '']) => id));
  return html.replace(PROSE, (_whole, prose: string) =>
    prose.replace(HEADING_ID, (_heading, start: string, id: string) => {
      const free = findFree(id, taken);
      taken.add(free);
      return `${start} id="${free}"`;
    }),
  );
}

function findFree(id: string, taken: ReadonlySet<string>, count = 1): string {
  const wanted = count === 1 ? id : `${id}-${count}`;
  return taken.has(wanted) ? findFree(id, taken, count + 1) : wanted;
}
