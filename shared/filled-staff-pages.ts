/** What the blanks of a page ask for, as words with a space between them. */
export interface FilledPage {
  names: string;
  rows: Readonly<Record<string, string>>;
  around: string;
}

/** The blanks of the pages for staff. */
export const staffPages = {
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
    around: 'shownDay windowsAction',
  },
  '/khung/lich/': {
    names:
      'addHref canSetAside closeAction closeToken crewFeeds days dropChoices earlierHref feedHref found foundNone from held heldEarlier heldLater heldRange heldTotal jumps laterHref linkEnd messages near notice noticeHref noticePart noticeText openDates openPlans phones plans plansEarlier plansLater plansRange plansTotal pushAction pushKey query range releaseAction releaseChoices removePhoneAction results searchAction sentFrom sentTo setAsideAction setAsides stranded title todayHref token undoAction waiting waitingEarlier waitingLater waitingRange waitingTotal warning',
    rows: {
      waiting: 'call code day hours href past regular service since ward',
      crewFeeds: 'href name',
      phones: 'id label',
      held: 'code drop href seat since what when why',
      setAsides: 'label until value',
      releaseChoices: 'label value',
      days: 'cancelChoices date empty id label lockChoices note today windows',
      'days.windows': 'jobs label left places',
      'days.windows.jobs': 'code continued href regular service state stateName ward',
      'days.lockChoices': 'label value',
      'days.cancelChoices': 'label value',
      found: 'code href stateName what when',
      messages: 'code due href kind late stateName',
      stranded: 'code href when',
      results: 'code href service ward when',
      openDates: 'code href reason when',
      plans: 'code href rhythm service stateName ward',
      near: 'href jobs label',
      'near.jobs': 'code crew hours href regular service state stateName ward',
      jumps: 'href label',
      dropChoices: 'label value',
    },
    around: 'cancelAction from lockAction token',
  },
  '/khung/ngay/': {
    names:
      'canOpen crew crewChoices crewText crewTexts day dayNote earlierHref empty jobs laterHref notice seatChoices self startHref surplus title toForm today token wrong',
    rows: {
      surplus: 'code href phoneHref smsHref text when zaloHref',
      jobs: 'address answers assignTo canMark clash code collect covers crewHead hours href job jobToken mapHref name note phone phoneHref photoAction photos regular staffNote state stateName transfer until ward work zaloHref',
      'jobs.assignTo': 'id label',
      'jobs.answers': '.',
      'jobs.photos': 'alt deleteHref height href label saveHref width',
      crewTexts: 'name text',
      crewChoices: 'label value',
      seatChoices: 'label value',
    },
    around: 'self',
  },
  '/khung/so-lieu/': {
    names:
      'absent agreed cancelled confirmed counted csvHref empty hasMoney inTime median moneyAgreed moneyPaid months paid promised requests services span title unanswered wards weekBars weekConfirmed weeks',
    rows: {
      weeks: 'absent agreed cancelled confirmed name paid requests',
      months: 'absent agreed cancelled confirmed name paid requests',
      services: 'absent bar cancelled confirmed name requests',
      wards: 'absent bar cancelled confirmed name requests',
    },
    around: '',
  },
  '/khung/viec-dinh-ky/': {
    names:
      'asked canChange canCorrect canOpen canPause canResume canStop chosen code created customerText days details detailsEnded detailsLater errors findClosed holdReason invalid maskedPhone newest notice open openCorrect openPause openRhythm openServices openStop openUntil pausedUntil rhythm self service size smsHref spans startHref state stateName title toForm token values visits ward wrong',
    rows: {
      asked: 'at due kind name',
      days: 'date dayMonth full label short windows',
      'days.windows': 'closed few hours id label note slot',
      spans: 'href label',
      open: 'href label reason',
      visits: 'code href state stateName when',
    },
    around: 'self shownDay token',
  },
  '/khung/viec-tin-nhan/': {
    names:
      'asked bookingCode bookingHref canAnswer canClose canDrop canExtend canMarkGenuine canOpen canOpenData canRelease code created details detailsEnded detailsLater done doneIfExtended due errors extended extensionReasons findClosed hasPhotos holdReason invalid isGenuine kindName maskedPhone newest notice openData openExtend openUntil overdue photoAction photoCount photos photosLater self startHref state stateName title toForm token values wrong',
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
      'agreeJobHref agreedPrice answers asked assignTo balance basis callAgain callTimes canAgree canAgreeJob canCall canCancel canComplete canConfirm canCorrect canDecline canDrop canOpen canPay canRelease canReleaseElsewhere canReschedule cancelReasons clash code created crew crewText customerText days declineReasons details detailsEnded detailsLater errors estimate findClosed formerPrice hasPhotos holdReason invalid job maskedPhone newest notice openCall openCancel openCorrect openDecline openPay openPrice openServices openTime openUndoPay openUntil payments phoneChange photoAction photoCount photos photosLater plan priceAct priceName rated reason reference regular self smsHref spans startHref state stateName title toForm token undoCancel undoConfirm undoDecline undoResult undoable until values ward when work wrong',
    rows: {
      asked: 'at due kind name',
      days: 'date dayMonth full label short windows',
      'days.windows': 'closed few hours id label note slot',
      spans: 'href label',
      declineReasons: 'id label',
      cancelReasons: 'id label',
      photos: 'alt deleteHref height href label saveHref width',
      answers: 'label value',
      assignTo: 'id label',
      callTimes: 'id label',
      payments: '.',
      undoable: 'id label',
    },
    around: 'self shownDay token',
  },
  '/viec/': { names: 'hasOwner notice title warning', rows: {}, around: '' },
} as const satisfies Readonly<Record<string, FilledPage>>;
