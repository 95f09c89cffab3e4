import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { AreasSchema } from '../../shared/content/areas.ts';
import { type BookingRules, BookingRulesSchema } from '../../shared/content/booking-rules.ts';
import { type Company, CompanySchema } from '../../shared/content/company.ts';
import { EnglishSchema } from '../../shared/content/english.ts';
import { AboutSchema, NewsSchema, ServicePageSchema } from '../../shared/content/entries.ts';
import { CrewsSchema } from '../../shared/content/crews.ts';
import { AlbumSchema, VideoSchema } from '../../shared/content/gallery.ts';
import { HolidaysSchema } from '../../shared/content/holidays.ts';
import { PageWordsSchema } from '../../shared/content/page-words.ts';
import { ANSWER_MAX, type Question } from '../../shared/content/service-questions.ts';
import { type Service, ServicesSchema } from '../../shared/content/services.ts';
import { type Topic, TopicsSchema } from '../../shared/content/topics.ts';
import { PRIVACY_POLICY } from '../../shared/privacy/policies.ts';
import { arbitraryOf, day } from './arbitrary.ts';
import { body } from './body.ts';

/** Content that the schemas take, drawn at random; what names a file names one of the sample's. */
export interface Drawn {
  company: Company;
  services: { services: Service[] };
  areas: unknown;
  booking: BookingRules;
  pages: unknown;
  topics: { topics: Topic[] };
  crews: unknown;
  holidays: unknown;
  pagesOfServices: object[];
  news: object[];
  albums: object[];
  videos: object[];
  about: object;
  english: { services: object[] } | null;
  /** Of entries, in turn. */
  bodies: string[];
}

const MOTIF = 'dom-dom';
const DRAWING = 'o-cam';
const moment = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom('2026-01-01', '2026-02-03T08:00', '2099-12-31T18:00'),
);

const article = arbitraryOf(NewsSchema, {
  ...{ topic: fc.constant(''), services: fc.constant([]), photo: fc.constant(undefined) },
  ...{ drawing: fc.constantFrom(undefined, DRAWING), pubDate: day },
  ...{ updatedDate: fc.constant(undefined), publishAt: moment },
  expireAt: fc.constantFrom(undefined, '2099-12-31T18:00'),
  'sources.url': fc.constantFrom('https://example.org/', 'https://example.org/a?b=1&c=2#d'),
});
const policy = fc.constantFrom(PRIVACY_POLICY, 'khong-co');

export const content: fc.Arbitrary<Drawn> = fc
  .record({
    company: arbitraryOf(CompanySchema, {
      motif: fc.constant(MOTIF),
      team: fc.constant(undefined),
    }),
    services: arbitraryOf(ServicesSchema, { 'services.id': slug() }),
    areas: arbitraryOf(AreasSchema, {
      'wards.travelFeeVnd': fc.constantFrom(undefined, 0, 50_000),
    }),
    booking: arbitraryOf(BookingRulesSchema, {
      'windows.id': slug(),
      marketing: fc.constant(false),
    }),
    pages: arbitraryOf(PageWordsSchema, {
      ...{ 'questions.answers.page': fc.constant('/lien-he/'), 'home.guarantee.policy': policy },
      'home.promises.policy': policy,
    }),
    topics: arbitraryOf(TopicsSchema, { 'topics.id': slug() }),
    crews: arbitraryOf(CrewsSchema, { 'crews.id': slug() }),
    holidays: arbitraryOf(HolidaysSchema),
    pagesOfServices: fc.array(
      arbitraryOf(ServicePageSchema, { 'steps.drawing': fc.constantFrom(undefined, DRAWING) }),
      { minLength: 10, maxLength: 10 },
    ),
    // Some companies have more articles than one page of the list holds.
    news: fc.oneof(
      { weight: 4, arbitrary: fc.array(article, { minLength: 1, maxLength: 4 }) },
      { weight: 1, arbitrary: fc.array(article, { minLength: 30, maxLength: 60 }) },
    ),
    albums: fc.array(
      arbitraryOf(AlbumSchema, {
        'pictures.drawing': fc.constant(DRAWING),
        'pictures.photo': fc.constant(undefined),
      }),
      { maxLength: 2 },
    ),
    videos: fc.array(
      arbitraryOf(VideoSchema, {
        ...{ clip: fc.constant(undefined), youtube: fc.constant('aaaaaaaaaaa'), pubDate: day },
      }),
      { maxLength: 2 },
    ),
    about: arbitraryOf(AboutSchema),
    english: fc.option(arbitraryOf(EnglishSchema, { 'services.service': fc.constant('') })),
    bodies: fc.array(body, { minLength: 1, maxLength: 6 }),
  })
  .map((drawn) => join(drawn as Drawn));

function slug(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[a-z]{2,6}(?:-[a-z0-9]{1,6}){0,2}$/);
}

/** Makes the parts fit: windows of the week are windows, an end is not before its begin, articles have a topic, something can be booked. */
function join(drawn: Drawn): Drawn {
  const { booking, english } = drawn;
  const { topics } = drawn.topics;
  const { services } = drawn.services;
  const ids = booking.windows.map(({ id }) => id);
  const ordered = <Span extends { from: string; to: string }>(span: Span): Span =>
    span.from <= span.to ? span : { ...span, from: span.to, to: span.from };
  const week = Object.fromEntries(
    Object.entries(booking.week).map(([name, list]) => [name, ids.slice(0, list.length)]),
  ) as BookingRules['week'];
  const windows = booking.windows
    .map(ordered)
    .map((window) =>
      window.from === window.to ? { ...window, from: '00:00', to: '23:59' } : window,
    );
  return {
    ...drawn,
    services: {
      services: services.map((service, index) => ({
        ...service,
        draft: service.draft && index > 0,
        questions: service.questions?.map(fitQuestion),
      })),
    },
    booking: {
      ...booking,
      windows,
      week,
      closed: (booking.closed ?? []).map(ordered),
      peaks: (booking.peaks ?? []).map(ordered),
    },
    news: (topics.length === 0 ? [] : drawn.news).map((front, index) => ({
      ...front,
      topic: topics[index % topics.length]?.id,
      services: [services[index % services.length]?.id],
    })),
    english: english && {
      ...english,
      services: english.services
        .slice(0, services.length)
        .map((one, index) => ({ ...one, service: services[index]?.id })),
    },
  };
}

/** Leaves a question what its kind has. */
function fitQuestion({ id, label, kind, options = [], ...limits }: Question): Question {
  if (kind === 'number') {
    const [min = 0, max = ANSWER_MAX] = [limits.min, limits.max];
    return min <= max ? { id, label, kind, ...limits } : { id, label, kind, min: max, max: min };
  }
  return kind === 'choice' && options.length > 1
    ? { id, label, kind, options }
    : { id, label, kind: 'yes-no' };
}

/** Writes what was drawn over the sample content of a folder. */
export function writeContent(root: string, drawn: Drawn): void {
  const at = (...parts: string[]) => path.join(root, 'content', ...parts);
  for (const name of [
    'company',
    'services',
    'areas',
    'booking',
    'pages',
    'crews',
    'topics',
    'holidays',
  ] as const) {
    writeFileSync(at(`${name}.json`), JSON.stringify(drawn[name], null, 2));
  }
  writeFileSync(at('_redirects'), '/cu.html / 301\n');
  const bodyOf = (index: number) => drawn.bodies[index % drawn.bodies.length] ?? '';
  const drawing = `<Drawing name="${DRAWING}" caption="Ba lỗ." />`;
  writeFileSync(at('about.mdx'), entry(drawn.about, `${bodyOf(0)}\n\n${drawing}`));
  rmSync(at('en.mdx'), { force: true });
  if (drawn.english) writeFileSync(at('en.mdx'), entry(drawn.english, bodyOf(1)));
  const motif = readFileSync(at('motifs', `${MOTIF}.svg`));
  for (const folder of ['album', 'motifs', 'news', 'services', 'video']) {
    rmSync(at(folder), { recursive: true });
    mkdirSync(at(folder));
  }
  writeFileSync(at('motifs', `${MOTIF}.svg`), motif);
  drawn.services.services.forEach(({ id }, index) => {
    writeFileSync(at('motifs', `${id}.svg`), motif);
    writeFileSync(
      at('services', `${id}.mdx`),
      entry(drawn.pagesOfServices[index] ?? {}, bodyOf(index)),
    );
  });
  const lists = { news: drawn.news, album: drawn.albums, video: drawn.videos };
  for (const [folder, fronts] of Object.entries(lists)) {
    for (const [index, front] of fronts.entries())
      writeFileSync(at(folder, `bai-${index + 1}.mdx`), entry(front, bodyOf(index)));
  }
}

function entry(front: object, words: string): string {
  return `---\n${stringify(front)}---\n\n${words}\n`;
}
