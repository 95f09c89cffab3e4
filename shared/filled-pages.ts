/**
 * The blanks of each page that the Worker fills in. `names` are what its `data-*` markers ask for outside of templates;
 * `rows` what they ask of a row inside a `<template data-each>`, by the dotted name of the list (`.` is the row itself);
 * `around` what rows ask for and the page holds for all of them. The Worker's data is typed by this, and
 * tests/built/filled-pages.test.ts compares it with the built pages. Names are words with a space between them, in the order of the alphabet.
 */
export const filledPages = {
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
    around: 'day windowsAction',
  },
  '/don/': {
    names: 'ended errorList errors invalid notice title values',
    rows: {
      errorList: 'href message',
    },
    around: '',
  },
  '/khung/ban-sao/': {
    names: 'code consent facts gone held hotline ledger now remainder requests title until',
    rows: {
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
      'alternatives back basis day days details errorList errors estimate intent invalid notice self service size spans title values ward',
    rows: {
      errorList: 'href message',
      alternatives: 'href label',
      details: 'hint label value',
      days: 'date dayMonth full label short windows',
      spans: 'href label',
      'days.windows': 'closed few hours id label note slot',
    },
    around: '',
  },
  '/khung/don/': {
    names:
      'againHref againSame agreedPrice answers asksNumber balance basis calendarHref calendarLabel canAgree canChange canCorrect canRate canReport canShow cancelHref changeHref changeUntil code complaintHref coversHidden created dataHref day days detailsEnded done earlier earlierHref errors estimate hasPhotos history hours invalid isOpened moreHref next notice open paid person phone photoAction photoCount photos photosLater prepare rated receiptHref replyBy reportHref self service size state stateName title toForm token tooLate transfer values viewHref ward wrong',
    rows: {
      days: 'label windows',
      'days.windows': 'hours label note slot',
      next: '.',
      history: '.',
      photos: 'alt deleteHref height href label saveHref width',
      answers: 'label value',
      paid: '.',
      earlier: 'date price service state',
    },
    around: '',
  },
  '/khung/du-lieu/': {
    names:
      'asksAgain back byCall canAct canCorrect canErase canShow canWithdraw closesMessage code consent done endsVisit errorList errors facts gone held invalid isLate ledger notice openCorrect openDownload openErase openWithdraw openedUntil remainder requests self sizes title token until values waits',
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
  '/khung/goi-dien/': {
    names:
      'alternatives backHref days errorList errors heading intent invalid live notice self spans title token values week windowsAction windowsFor windowsFrom windowsService',
    rows: {
      errorList: 'href message',
      alternatives: 'href label',
      days: 'date dayMonth full label short windows',
      'days.windows': 'closed few hours id label note slot',
      spans: 'from label',
    },
    around: 'day windowsAction',
  },
  '/khung/lich/': {
    names:
      'addHref canSetAside closeAction closeToken crewFeeds days dropChoices earlierHref feedHref found foundNone from held heldEarlier heldLater heldRange heldTotal jumps laterHref messages near notice noticeHref noticePart noticeText phones pushAction pushKey query range releaseAction releaseChoices removePhoneAction results searchAction sentFrom sentTo setAsideAction setAsides stranded title todayHref token undoAction waiting waitingEarlier waitingLater waitingRange waitingTotal warning',
    rows: {
      waiting: 'call code day hours href past service since ward',
      crewFeeds: 'href name',
      phones: 'id label',
      held: 'code drop href seat since what when why',
      setAsides: 'label until value',
      releaseChoices: 'label value',
      days: 'cancelChoices date empty id label lockChoices note today windows',
      'days.windows': 'jobs label left places',
      'days.windows.jobs': 'code continued href service state stateName ward',
      'days.lockChoices': 'label value',
      'days.cancelChoices': 'label value',
      found: 'code href stateName what when',
      messages: 'code due href kind late stateName',
      stranded: 'code href when',
      results: 'code href service ward when',
      near: 'href jobs label',
      'near.jobs': 'code hours href service state stateName ward',
      jumps: 'href label',
      dropChoices: 'label value',
    },
    around: 'cancelAction from lockAction token',
  },
  '/khung/loi/': { names: 'heading hotline staff text title', rows: {}, around: '' },
  '/khung/ngay/': {
    names:
      'canOpen crew crewChoices crewText crewTexts day dayNote earlierHref empty jobs laterHref notice seatChoices self startHref surplus title toForm today token wrong',
    rows: {
      surplus: 'code href text when',
      jobs: 'address assignTo canMark code crewHead estimate hours href job jobToken mapHref name note phone phoneHref service size staffNote state stateName ward zaloHref',
      'jobs.assignTo': 'id label',
      crewTexts: 'name text',
      crewChoices: 'label value',
      seatChoices: 'label value',
    },
    around: 'self',
  },
  '/khung/so-lieu/': {
    names:
      'absent cancelled confirmed counted csvHref empty inTime median promised requests services span title unanswered wards weekBars weekConfirmed weeks',
    rows: {
      weeks: 'absent cancelled confirmed name requests',
      services: 'absent bar cancelled confirmed name requests',
      wards: 'absent bar cancelled confirmed name requests',
    },
    around: '',
  },
  '/khung/tin-nhan/': {
    names:
      'asksNumber bookingCode canShow code created dataHref details detailsEnded done due extended hasPhotos kindName next notice phone photoAction photoCount photos photosLater self state stateName title toForm wrong',
    rows: {
      details: 'hint label value',
      done: 'by what',
      next: '.',
      photos: 'alt deleteHref height href label saveHref width',
    },
    around: '',
  },
  '/khung/viec-tin-nhan/': {
    names:
      'asked bookingCode canAnswer canClose canDrop canExtend canMarkGenuine canOpen canOpenData canRelease code created details detailsEnded detailsLater done doneIfExtended due errors extended extensionReasons findClosed hasPhotos holdReason invalid isGenuine kindName maskedPhone newest notice openData openExtend openUntil overdue photoAction photoCount photos photosLater self state stateName title toForm token values wrong',
    rows: {
      asked: 'at due kind name',
      doneIfExtended: 'by what',
      extensionReasons: 'id label',
      done: 'by what',
      photos: 'alt deleteHref height href label saveHref width',
    },
    around: 'self token',
  },
  '/khung/viec/': {
    names:
      'agreeJobHref agreedPrice answers asked assignTo balance basis callAgain callTimes canAgree canAgreeJob canCall canCancel canComplete canConfirm canCorrect canDecline canDrop canOpen canPay canRelease canReleaseElsewhere canReschedule cancelReasons code created crew customerText days declineReasons details detailsEnded detailsLater earlierHref errors estimate findClosed formerPrice hasPhotos holdReason invalid job maskedPhone moreHref newest notice openCall openCancel openCorrect openDecline openPay openPrice openTime openUndoPay openUntil payments phoneChange photoAction photoCount photos photosLater priceAct priceName rated reason reference regular self service size sizes smsHref startHref state stateName title toForm token undoCancel undoConfirm undoDecline undoResult undoable values ward when wrong',
    rows: {
      asked: 'at due kind name',
      days: 'label windows',
      'days.windows': 'hours label note slot',
      declineReasons: 'id label',
      cancelReasons: 'id label',
      photos: 'alt deleteHref height href label saveHref width',
      answers: 'label value',
      assignTo: 'id label',
      callTimes: 'id label',
      payments: '.',
      undoable: 'id label',
      sizes: 'field id label value',
    },
    around: 'self token',
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
  '/viec/': { names: 'hasOwner notice title warning', rows: {}, around: '' },
} as const satisfies Record<
  string,
  { names: string; rows: Readonly<Record<string, string>>; around: string }
>;

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
