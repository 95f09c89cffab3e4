import type { Page } from '@playwright/test';

/** An HTML text cut after its head and then every `length` characters. */
export function cutAfterHead(html: string, length: number): string[] {
  const body = html.indexOf('<body');
  const count = Math.ceil((html.length - body) / length);
  const cuts = Array.from({ length: count }, (_, index) => body + index * length);
  return [html.slice(0, body), ...cuts.map((at) => html.slice(at, at + length))];
}

/**
 * Renders the open page again from the pieces, each in a frame of its own, as over a bad connection. What moves meanwhile
 * is in `window.shifts`. It waits for frames, never for time, so that a busy machine gives the same result.
 */
export async function renderPieceByPiece(page: Page, pieces: readonly string[]): Promise<void> {
  await page.evaluate(async (parts) => {
    document.open();
    for (const part of parts) {
      document.write(part);
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    }
    document.close();
  }, pieces);
}
