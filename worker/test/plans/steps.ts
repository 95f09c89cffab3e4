import fc from 'fast-check';
import { bookingRules } from '../../../shared/content/catalogue.ts';
import { weekdays } from './calendar.ts';
import { SERVICES } from './model.ts';
import { type Change, transitions } from './model-actions.ts';

/** How a step breaks off at one call of a store, before or after it took effect; `dies` says that nothing runs any more then. */
export interface Fault {
  at: number;
  store: 'database' | 'keys';
  isAfter: boolean;
  dies: boolean;
}

/** The action of a step; `at` picks a visit, an open day or a day of the rhythm, `window` one of the day's. */
export type Action =
  | { do: 'state'; at: number; transition: (typeof transitions)[number]; by: 'customer' | 'staff' }
  | { do: 'move'; at: number; days: number; window: number }
  | { do: 'choose'; at: number; days: number; window: number }
  | { do: 'change'; change: Change }
  | { do: 'erase'; at: number | 'plan' }
  | { do: 'let-go'; at: number }
  | { do: 'lock' | 'unlock' | 'close'; at: number; window: number }
  | { do: 'seats'; at: number; seats: number | null }
  | { do: 'book'; at: number; window: number; count: number }
  | { do: 'wait'; days: number }
  | { do: 'twice' };

export interface Step {
  action: Action;
  fault: Fault | null;
  /** Whether the visits follow only with a later step. */
  isLate: boolean;
}

const windowIds = bookingRules.windows.map(({ id }) => id);
const at = fc.nat({ max: 7 });
const window = fc.nat({ max: windowIds.length - 1 });
const days = fc.integer({ min: -2, max: 3 });
/** The plan's own window, or one of the day's from 1 on. */
const slot = fc.constantFrom(0, 0, 0, 1, 2, 3);

const contact = fc.record({
  action: fc.constant('contact' as const),
  name: fc.constantFrom('Lê An', 'Vũ Bình'),
});

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ action: fc.constant('pause' as const), days: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ action: fc.constant('resume' as const) }),
  {
    weight: 2,
    arbitrary: fc.record({
      action: fc.constant('rhythm' as const),
      rhythm: fc.constantFrom('weekly' as const, 'two-weeks' as const, 'four-weeks' as const),
      weekday: fc.constantFrom(...weekdays, 'thu' as const, 'thu' as const),
      window: fc.constantFrom(...windowIds),
    }),
  },
  fc.record({
    action: fc.constant('services' as const),
    services: fc.nat({ max: SERVICES.length - 1 }),
  }),
  contact,
);
const by = fc.constantFrom('customer' as const, 'staff' as const);

/** An action with how often it is drawn beside the others. */
function often<One extends Action>(weight: number, arbitrary: fc.Arbitrary<One>) {
  return { weight, arbitrary };
}

const is = <Name extends string>(...names: Name[]) => fc.constantFrom(...names);

/** What takes windows from the plan's visits, or gives them back. */
const filling = [
  often(8, fc.record({ do: is('lock', 'lock', 'unlock', 'close'), at, window: slot })),
  often(5, fc.record({ do: is('seats'), at, seats: fc.constantFrom(0, 1, 2, null) })),
  often(6, fc.record({ do: is('book'), at, window: slot, count: fc.integer({ min: 1, max: 3 }) })),
];

/** What is agreed on before the first visit is confirmed. */
const agreeing = [
  often(6, fc.record({ do: is('move'), at, days, window })),
  often(2, fc.record({ do: is('change'), change: contact })),
];

const action: fc.Arbitrary<Action> = fc.oneof(
  ...filling,
  often(5, fc.record({ do: is('state'), at, transition: is(...transitions), by })),
  often(5, fc.record({ do: is('state'), at, transition: is('cancel', 'undoCancel'), by })),
  often(4, fc.record({ do: is('move'), at, days, window })),
  often(6, fc.record({ do: is('choose'), at, days, window })),
  often(14, fc.record({ do: is('change'), change })),
  often(1, fc.record({ do: is('change'), change: fc.record({ action: is('stop', 'withdraw') }) })),
  often(1, fc.record({ do: is('erase'), at })),
  often(1, fc.record({ do: is('erase'), at: is('plan') })),
  often(3, fc.record({ do: is('let-go'), at })),
  often(8, fc.record({ do: is('wait'), days: fc.nat({ max: 12 }) })),
  often(3, fc.record({ do: is('twice') })),
);

const fault: fc.Arbitrary<Fault> = fc.record({
  at: fc.constantFrom(1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 13),
  store: fc.constantFrom('database' as const, 'database' as const, 'keys' as const),
  isAfter: fc.boolean(),
  dies: fc.boolean(),
});

const isRare = fc.nat({ max: 5 }).map((roll) => roll === 5);

function stepOf(drawn: fc.Arbitrary<Action>): fc.Arbitrary<Step> {
  const broken = fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fault },
  );
  return fc.record({ action: drawn, fault: broken, isLate: isRare });
}

function listOf(drawn: fc.Arbitrary<Action>, count: { minLength: number; maxLength: number }) {
  return fc.array(stepOf(drawn), { ...count, size: 'max' });
}

const confirm: Step = {
  action: { do: 'state', at: 0, transition: 'confirm', by: 'staff' },
  ...{ fault: null, isLate: false },
};

/** What happens to a plan, one thing after the other; as a rule its first visit is confirmed once some windows have filled. */
export const sequence: fc.Arbitrary<Step[]> = fc
  .tuple(
    listOf(fc.oneof(...filling, ...agreeing), { minLength: 0, maxLength: 6 }),
    isRare,
    listOf(action, { minLength: 8, maxLength: 24 }),
  )
  .map(([before, waits, steps]) => [...before, ...(waits ? [] : [confirm]), ...steps]);
