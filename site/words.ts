import pagesFile from '../content/pages.json' with { type: 'json' };
import { PageWordsSchema } from '../shared/page-words.ts';
import { parseContent } from '../shared/parse-content.ts';

/** What pages say of this company alone (content/pages.json). */
export const pageWords = parseContent('content/pages.json', PageWordsSchema, pagesFile);
