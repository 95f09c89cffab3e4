import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

interface AxeRules {
  only?: string[];
  without?: string[];
}

/** What axe finds wrong on a page as it stands. */
export async function findAxeFaults(
  page: Page,
  { only = [], without = [] }: AxeRules = {},
): Promise<string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  if (only.length > 0) axe.withRules(only);
  const { violations } = await axe.disableRules(without).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The same of a page that was walked without scripts, opened anew with them: axe needs them. */
export async function findAxeFaultsAnew(page: Page): Promise<string[]> {
  const storageState = await page.context().storageState();
  const opened = await page
    .context()
    .browser()
    ?.newPage({
      ...{ storageState, javaScriptEnabled: true },
    });
  if (opened === undefined) throw new Error('No browser');
  await opened.goto(page.url());
  const faults = await findAxeFaults(opened);
  await opened.context().close();
  return faults;
}
