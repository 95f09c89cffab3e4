import { type ContentFolder, readContentFolder } from './folder.ts';
import { checkForm } from './form.ts';
import { type Problem, byPlace } from './problem.ts';
import { checkAddresses } from './rules/addresses.ts';
import {
  checkBody,
  checkComponents,
  checkHeadings,
  checkLetters,
  checkSyntax,
} from './rules/body.ts';
import { checkDuplicates } from './rules/duplicates.ts';
import { checkDates, checkFacts, checkFrontMatter, checkPolicyDrafts } from './rules/fields.ts';
import { checkNames, checkUnread } from './rules/files.ts';
import { checkAnswers, checkLinks } from './rules/links.ts';
import { checkAlt, checkDrawings, checkNamedMedia, checkPhotos } from './rules/pictures.ts';
import { checkRedirects } from './rules/redirects.ts';
import { checkSources } from './rules/sources.ts';
import { checkUnfilled } from './rules/unfilled.ts';
import { checkGlossary, checkProseFacts, checkSuperlatives } from './rules/words.ts';

type Rule = (content: ContentFolder, now: Date) => Problem[] | Promise<Problem[]>;

const rules: readonly Rule[] = [
  checkAddresses,
  checkAlt,
  checkAnswers,
  checkBody,
  checkDates,
  checkDrawings,
  checkDuplicates,
  checkGlossary,
  checkHeadings,
  checkLetters,
  checkPhotos,
  checkUnread,
  checkLinks,
  checkNamedMedia,
  checkNames,
  checkPolicyDrafts,
  checkProseFacts,
  checkRedirects,
  checkSources,
  checkSuperlatives,
  checkSyntax,
  checkUnfilled,
];

/** Rules that need right facts: an entry's schema reads the catalogue, which throws on wrong ones. */
const rulesOnFacts: readonly Rule[] = [checkFrontMatter, checkComponents];

/** Every mistake under content/ of a project as it is now, in order of file and line; `form: false` leaves layout aside. */
export async function checkContent(
  root: string,
  now: Date,
  { form: looksAtForm = true } = {},
): Promise<Problem[]> {
  const content = readContentFolder(root);
  const wrongFacts = checkFacts(content);
  const areFactsRight = wrongFacts.length === 0;
  const applied = areFactsRight ? [...rules, ...rulesOnFacts] : rules;
  const found = await Promise.all(applied.map(async (rule) => rule(content, now)));
  const problems = [...wrongFacts, ...found.flat()];
  const files = new Set(problems.map(({ file }) => file));
  // The form of a file is named only when it has no other mistake.
  const form =
    areFactsRight && looksAtForm
      ? (await checkForm(content)).filter(({ file }) => !files.has(file))
      : [];
  return [...problems, ...form].toSorted(byPlace);
}
