import { type FilledPage, staffPages } from './filled-staff-pages.ts';

/**
 * The blanks of each page that the Worker fills in. `names` are what its `data-*` markers ask for outside of templates;
 * `rows` what they ask of a row inside a `<template data-each>`, by the dotted name of the list (`.` is the row itself);
 * `around` what rows ask for and the page holds for all of them. The Worker's data is typed by this, and
 * tests/built/filled-pages.test.ts compares it with the built pages. Names are words with a space between them, in the order of the alphabet.
 */
export const filledPages = {
  ...staffPages,
  '/ban-tin/': {
    names: 'errorList errors intent invalid notice sent title values',
    rows: {
      errorList: 'href message',
    },
    around: '',
  },
  '/dat-lich/': {
    names:
      'alternatives callBy days errorList errors intent invalid live notice spans title values windowsAction windowsFor windowsFrom windowsService',
    rows: {
      errorList: 'href message',
      alternatives: 'href label',
      days: 'date dayMonth full label short windows',
      'days.windows': 'closed few hours id label note slot',
      spans: 'from label',
    },
    around: 'shownDay windowsAction',
  },
  '/don/': {
    names: 'ended errorList errors invalid notice title values',
    rows: {
      errorList: 'href message',
    },
    around: '',
  },
  '/en/': {
    names: 'errorList errors intent invalid notice title values',
    rows: {
      errorList: 'href message',
    },
    around: '',
  },
  '/khung/ban-sao/': {
    names: 'code consent facts gone held hotline isPlan ledger now remainder requests title until',
    rows: {
      held: 'hint label purpose value',
      facts: 'label value',
      requests: 'asked deadline name',
      ledger: 'at recipient result what',
    },
    around: '',
  },
  '/khung/ban-tin/': {
    names:
      'again button consent errorList errors facts gone heading held isOwn isPlan lead ledger notice ownHref remainder requests self title until values',
    rows: {
      errorList: 'href message',
      held: 'hint label purpose value',
      facts: 'label value',
      requests: 'asked deadline name',
      ledger: 'at recipient result what',
    },
    around: '',
  },
  '/khung/bien-nhan/': {
    names: 'agreed back code covers date made name open paid payments service title ward',
    rows: {
      payments: 'amount at method',
    },
    around: '',
  },
  '/khung/dat-lai/': {
    names:
      'alternatives back basis days details errorList errors estimate intent invalid notice self service size spans title values ward',
    rows: {
      errorList: 'href message',
      alternatives: 'href label',
      details: 'hint label value',
      days: 'date dayMonth full label short windows',
      spans: 'href label',
      'days.windows': 'closed few hours id label note slot',
    },
    around: 'shownDay',
  },
  '/khung/don/': {
    names:
      'againHref againSame agreeElsewhere agreedPrice answers asksNumber balance basis calendarHref calendarLabel callPromise canAgree canChange canCorrect canRate canReport canShow cancelHref changeHref changeUntil code complaintHref coversHidden created dataHref day days detailsEnded done earlier errors estimate hasPhotos history hours invalid isOpened next notice open paid person phone photoAction photoCount photoLabel photos photosLater plan prepare rated receiptHref replyBy reportHref self service size spans state stateName title toForm token tooLate transfer values viewHref ward wrong',
    rows: {
      days: 'date dayMonth full label short windows',
      'days.windows': 'closed few hours id label note slot',
      spans: 'href label',
      next: '.',
      history: '.',
      photos: 'alt deleteHref height href label saveHref width',
      answers: 'label value',
      paid: '.',
      earlier: 'date price service state',
    },
    around: 'shownDay',
  },
  '/khung/du-lieu/': {
    names:
      'asksAgain back byCall canAct canCorrect canErase canShow canWithdraw closesMessage code consent done endsPlan endsVisit errorList errors facts gone held invalid isLate isPlan ledger notice openCorrect openDownload openErase openWithdraw openedUntil remainder requests self sizes title token until values waits',
    rows: {
      waits: '.',
      errorList: 'href message',
      held: 'hint label purpose value',
      facts: 'label value',
      requests: 'asked deadline name',
      ledger: 'at recipient result what',
      sizes: 'field id label value',
    },
    around: '',
  },
  '/khung/en/loi/': {
    names: 'again back fields heading hotline text title',
    rows: { fields: 'name value' },
    around: '',
  },
  '/khung/en/tin-nhan/': {
    names:
      'asksNumber bookingCode canShow code created dataHref details detailsEnded done due extended kindName next phone self state stateName title',
    rows: {
      details: 'hint label value',
      done: 'by what',
      next: '.',
    },
    around: '',
  },
  '/khung/lich-dinh-ky/': {
    names:
      'againHref asksNumber basis canChange canChangeServices canCorrect canPause canResume canShow canStop chosen chosenDate code created dataHref days detailsEnded done errors estimate feed hours invalid isOpened next notice open opened person phone rhythmDay self service size spans state stateName title toForm token tooLate values visits ward wrong',
    rows: {
      next: '.',
      days: 'date dayMonth full label short windows',
      'days.windows': 'closed few hours id label note slot',
      spans: 'href label',
      open: 'href label reason',
      visits: 'href label moveHref skipHref state',
    },
    around: 'shownDay',
  },
  '/khung/loi/': {
    names: 'again back fields heading hotline staff text title',
    rows: { fields: 'name value' },
    around: '',
  },
  '/khung/tin-nhan/': {
    names:
      'asksNumber bookingCode canShow code created dataHref details detailsEnded done due extended hasPhotos kindName next notice phone photoAction photoCount photoLabel photos photosLater self state stateName title toForm wrong',
    rows: {
      details: 'hint label value',
      done: 'by what',
      next: '.',
      photos: 'alt deleteHref height href label saveHref width',
    },
    around: '',
  },
  '/khung/xem/': { names: 'day hours state stateName ward', rows: {}, around: '' },
  '/lien-he/': {
    names: 'errorList errors heading intent invalid lead notice title values',
    rows: {
      errorList: 'href message',
    },
    around: '',
  },
  '/minh-bach/': {
    names:
      'bookings broken checkedAt countedAt dead dispatchHost drillSeconds erasedLately kept known lastDrill lastPurge lastPurgeEmptied lastRestore messages nextEnd oldest oldestAt oldestEnd purged ratings restoreErased restoreLost review title undelivered',
    rows: {
      broken: '.',
    },
    around: '',
  },
  '/tim-kiem/': {
    names: 'found nothing q results title',
    rows: {
      results: 'kind path snippet title',
    },
    around: '',
  },
} as const satisfies Readonly<Record<string, FilledPage>>;

type FilledPages = typeof filledPages;

/** The words of a text with a space between them. */
type WordsOf<Text, Found = never> = Text extends `${infer Word} ${infer Rest}`
  ? WordsOf<Rest, Found | Word>
  : Exclude<Found | Text, ''>;

/** Path of a page that the Worker fills in. */
export type FilledPath = keyof FilledPages;

/** A name that a page's data has. */
export type BlankOf<Path extends FilledPath> = WordsOf<
  FilledPages[Path]['names'] | FilledPages[Path]['around']
>;

/** The rows of a list, by its dotted name, with the values that blanks can hold. */
type RowsOf<Rows, List extends keyof Rows, Value> = readonly (Rows[List] extends '.'
  ? Value
  : RowOf<Rows, List, Value>)[];

type RowOf<Rows, List extends keyof Rows, Value> = {
  readonly [Name in WordsOf<Rows[List]> & string]: `${List & string}.${Name}` extends keyof Rows
    ? RowsOf<Rows, `${List & string}.${Name}`, Value>
    : Value;
};

/** What a page is filled with, by the values that a blank can hold: every name that it marks, its lists with all that a row shows. */
export type DataOf<Path extends FilledPath, Value> = {
  readonly [Name in BlankOf<Path> & string]: Name extends keyof FilledPages[Path]['rows']
    ? RowsOf<FilledPages[Path]['rows'], Name, Value> | null | undefined
    : Value;
};
