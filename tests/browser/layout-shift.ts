import type { Page } from '@playwright/test';

declare global {
  interface Window {
    /** What moved by itself since the page began to load, in words. */
    shifts?: string[];
  }
}

interface LayoutShift extends PerformanceEntry {
  value: number;
  sources: readonly { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
}

/** Writes down, on every page from now on, what moves by itself. */
export async function watchLayoutShift(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: string[] = [];
    window.shifts = shifts;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[]) {
        for (const { node, previousRect, currentRect } of entry.sources) {
          const name = `${node?.nodeName ?? ''} ${(node?.textContent ?? '').trim().slice(0, 30)}`;
          shifts.push(`${name}: ${previousRect.y} to ${currentRect.y} (${entry.value})`);
        }
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** What moved on this page up to the frame after next. */
export async function readLayoutShift(page: Page): Promise<string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => setTimeout(() => resolve(window.shifts ?? []))),
        );
      }),
  );
}

/** Passes over what a change of the window or of the letters moved. */
export async function forgetLayoutShift(page: Page): Promise<void> {
  await readLayoutShift(page);
  await page.evaluate(() => window.shifts?.splice(0));
}
