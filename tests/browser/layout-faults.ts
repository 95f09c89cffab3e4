import type { Page } from '@playwright/test';

/** What is wrong with the way a page lies on the screen, in words; nothing when all is well. */
export async function findLayoutFaults(page: Page): Promise<string[]> {
  // The page that a press leads to may have begun only.
  await page.waitForLoadState();
  return page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) {
      faults.push(`scrolls sideways: ${root.scrollWidth} px on ${root.clientWidth} px`);
    }
    const name = (element: Element) =>
      `<${element.localName}> ${(element.textContent ?? '').trim().slice(0, 40)}`;
    // The bar at the thumb lies over the page by design, and hidden words are cut on purpose.
    const isAside = (element: Element) =>
      element.closest('.bar, .vh, svg, [hidden], option, nav[popover]:not(:popover-open)') !== null;

    const lines: { element: Element; box: DOMRect }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element === null || (node.nodeValue ?? '').trim() === '' || isAside(element)) continue;
      const style = getComputedStyle(element);
      if (style.visibility !== 'visible' || !element.checkVisibility()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        // The line's own height reaches beyond its letters: a quarter off each side.
        const slack = box.height / 4;
        const core = new DOMRect(box.x, box.y + slack, box.width, box.height - 2 * slack);
        if (core.width > 1) lines.push({ element, box: core });
      }
    }
    for (const { element, box } of lines) {
      const scrolls = element.closest('.scroll') !== null;
      if (!scrolls && (box.right > root.clientWidth + 1 || box.left < -1)) {
        faults.push(`cut at the edge: ${name(element)}`);
      }
    }
    const sorted = lines.toSorted((a, b) => a.box.top - b.box.top);
    sorted.forEach((first, index) => {
      for (const second of sorted.slice(index + 1)) {
        if (second.box.top >= first.box.bottom) break;
        if (first.element === second.element) continue;
        const apart =
          second.box.left >= first.box.right - 1 || second.box.right <= first.box.left + 1;
        if (!apart) faults.push(`overlap: ${name(first.element)} / ${name(second.element)}`);
      }
    });
    // A number or a code may break between its groups only.
    for (const element of document.querySelectorAll('.tel, code:not(.print, .print *)')) {
      const text = element.firstChild;
      if (isAside(element) || !element.checkVisibility() || text?.nodeType !== 3) continue;
      for (const group of (text.nodeValue ?? '').matchAll(/[^\s-]+/g)) {
        const range = document.createRange();
        range.setStart(text, group.index);
        range.setEnd(text, group.index + group[0].length);
        const tops = [...range.getClientRects()].map(({ top }) => Math.round(top));
        if (new Set(tops).size > 1) faults.push(`a number is broken: ${name(element)}`);
      }
    }
    const sizeOf = (element: Element) => parseFloat(getComputedStyle(element).fontSize);
    const title = document.querySelector('main h1');
    for (const element of document.querySelectorAll('main :is(h2, h3)')) {
      if (title === null || isAside(element) || !element.checkVisibility()) continue;
      if (sizeOf(element) > sizeOf(title)) faults.push(`larger than the title: ${name(element)}`);
    }
    for (const element of document.querySelectorAll('main *, footer *, header *')) {
      if (isAside(element) || !element.checkVisibility()) continue;
      const { overflowX, overflowY } = getComputedStyle(element);
      const cutX =
        ['hidden', 'clip'].includes(overflowX) && element.scrollWidth > element.clientWidth + 1;
      const cutY =
        ['hidden', 'clip'].includes(overflowY) && element.scrollHeight > element.clientHeight + 1;
      if (cutX || cutY) faults.push(`clipped: ${name(element)}`);
    }
    return [...new Set(faults)];
  });
}
