import pagesFile from '../../content/pages.json' with { type: 'json' };
import { PageWordsSchema } from '../../shared/content/page-words.ts';
import { parseContent } from '../../shared/content/parse-content.ts';

/** What pages say of this company alone (content/pages.json). */
export const pageWords = parseContent('content/pages.json', PageWordsSchema, pagesFile);
