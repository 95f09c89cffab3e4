import { type ContentFolder, readContentFolder } from './folder.ts';
import { type Problem, byPlace } from './problem.ts';
import { checkAlt } from './rules/alt.ts';
import { checkBody } from './rules/body.ts';
import { checkDates } from './rules/dates.ts';
import { checkDrawings } from './rules/drawings.ts';
import { checkDuplicates } from './rules/duplicates.ts';
import { checkFacts } from './rules/facts.ts';
import { checkHeadings } from './rules/headings.ts';
import { checkImages } from './rules/images.ts';
import { checkKinds } from './rules/kinds.ts';
import { checkLinks } from './rules/links.ts';
import { checkMedia } from './rules/media.ts';
import { checkPlaces } from './rules/places.ts';
import { checkProseFacts } from './rules/prose-facts.ts';
import { checkSuperlatives } from './rules/superlatives.ts';
import { checkSyntax } from './rules/syntax.ts';

type Rule = (content: ContentFolder, now: Date) => Problem[] | Promise<Problem[]>;

const rules: readonly Rule[] = [
  checkAlt,
  checkBody,
  checkDates,
  checkDrawings,
  checkDuplicates,
  checkHeadings,
  checkImages,
  checkKinds,
  checkLinks,
  checkMedia,
  checkPlaces,
  checkProseFacts,
  checkSuperlatives,
  checkSyntax,
];

/**
 * Every mistake under content/ of a project as it is now, in order of file and line. Rules that read the catalogue are
 * loaded only when the facts are right, since the catalogue refuses wrong ones.
 */
export async function checkContent(root: string, now: Date): Promise<Problem[]> {
  const content = readContentFolder(root);
  const wrongFacts = checkFacts(content);
  const refer = wrongFacts.length === 0 ? await rulesOnCatalogue() : [];
  const found = (
    await Promise.all([...rules, ...refer].map(async (rule) => rule(content, now)))
  ).flat();
  const problems = [...wrongFacts, ...found];
  const files = new Set(problems.map(({ file }) => file));
  // A file with a mistake is told its form only when the mistake is gone.
  const form = (await checkFormLast(content, refer.length > 0)).filter(
    ({ file }) => !files.has(file),
  );
  return [...problems, ...form].toSorted(byPlace);
}

async function rulesOnCatalogue(): Promise<Rule[]> {
  const [{ checkFrontMatter }, { checkComponents }] = await Promise.all([
    import('./rules/front-matter.ts'),
    import('./rules/components.ts'),
  ]);
  return [checkFrontMatter, checkComponents];
}

async function checkFormLast(content: ContentFolder, factsAreRight: boolean): Promise<Problem[]> {
  return factsAreRight ? (await import('./rules/form.ts')).checkForm(content) : [];
}
