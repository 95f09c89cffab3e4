import { type Entry, type Piece, piecesOf } from '../entry.ts';
import type { ContentFolder } from '../folder.ts';
import type { Problem } from '../problem.ts';

/** What an instruction about chemicals, electricity, gas or ladders has to name. */
const RISKS = [
  'thuốc tẩy|jave[ln]|gia-?ven|nước clo|clo-?ramin|khử (?:khuẩn|trùng)|tẩy bồn cầu|chất thông cống',
  'a-?x[ií]t|giấm|kiềm|amoniac|cồn|dung môi|a[xc]eton|xăng|vôi (?:sống|bột)',
  'ổ cắm|ổ điện|aptomat|cầu dao|ngắt điện|rút phích|dây điện|máy (?:phát điện|nổ)|gas',
  '(?<!(?:cầu|bậc) )thang(?! (?:máy|cuốn|điểm|đo))',
];
const RISK = new RegExp(String.raw`(?<!\p{L})(?:${RISKS.join('|')})(?!\p{L})`, 'iu');

/** Questions and answers: of a service's page, and of /hoi-dap/. */
const ANSWER = /^questions\.(?:answers\.)?\d+\.answer$/;

/** What instructs about a risk rests on something: an article on its `sources`, an answer on an article that has some. */
export function checkSources({ entries, facts }: ContentFolder): Problem[] {
  const sourced = new Set(entries.filter(hasSources).map(({ address }) => address));
  const articles = entries
    .filter((entry) => entry.collection.name === 'news' && !hasSources(entry))
    .flatMap((entry) => findRisk(entry.file, piecesOf(entry), NO_SOURCE));
  const questions = entries
    .filter((entry) => !leadsTo(entry, sourced))
    .flatMap((entry) => findRisk(entry.file, piecesOf(entry).filter(isAnswer), NO_ARTICLE));
  const answers = facts.flatMap(({ file, texts }) => {
    const pageOf = ({ field }: Piece) =>
      texts.find((one) => one.field === field.replace(/answer$/, 'page'))?.text ?? '';
    const alone = texts.filter(isAnswer).filter((one) => !sourced.has(pageOf(one)));
    return findRisk(file, alone, NO_ARTICLE);
  });
  return [...articles, ...questions, ...answers];
}

const NO_SOURCE =
  'mà bài chưa ghi nguồn: thêm mục sources, mỗi nguồn gồm title, url, supports; không tìm được nguồn thì bỏ chỉ dẫn ấy.';
const NO_ARTICLE =
  'mà chưa dẫn tới bài nào có ghi nguồn: dẫn tới một bài ở /tin-tuc/ có mục sources, hoặc bỏ chỉ dẫn ấy.';

/** The first place that names a risk: one sentence a file is enough. */
function findRisk(file: string, pieces: readonly Piece[], message: string): Problem[] {
  const found = pieces.find(({ text }) => riskOf(text) !== undefined);
  if (!found) return [];
  const { text, ...at } = found;
  return [{ ...at, file, message: `Có "${riskOf(text)}" ${message}` }];
}

export function riskOf(text: string): string | undefined {
  return RISK.exec(text.normalize('NFC'))?.[0];
}

function isAnswer({ field }: Piece): boolean {
  return ANSWER.test(field);
}

/** Of front matter that cannot be read only that is said. */
function hasSources({ front }: Entry): boolean {
  if (front.error !== null) return true;
  const { sources } = (front.data ?? {}) as Record<string, unknown>;
  return Array.isArray(sources) && sources.length > 0;
}

function leadsTo({ prose }: Entry, sourced: ReadonlySet<string>): boolean {
  return prose.nodes.some(({ url = '' }) => sourced.has(url.replace(/[?#].*$/, '')));
}
