/**
 * A scenario: what people do at which instants of the simulated clock, and until when it runs (docs/testing.md describes the file). The same file leads
 * to the same ledger, byte for byte. Its keys are made from its seed, so nothing in it is random.
 */
import { z } from 'zod';
import { COUNTRIES, CURRENCIES } from '../states';

const instant = z.iso.datetime();
const name = z.string().regex(/^[a-z0-9-]{1,40}$/);
/** Smallest parts. */
const amount = z.string().regex(/^[1-9][0-9]{0,15}$/);

const step = z.discriminatedUnion('do', [
  /** Somebody with an account, an identity that is checked, and the newest prospectus read. */
  z.strictObject({ at: instant, do: z.literal('join'), person: name, country: z.enum(COUNTRIES) }),
  z.strictObject({ at: instant, do: z.literal('deposit'), person: name, currency: z.enum(CURRENCIES), amount }),
  /** In an offering that is sold first come: the newest open one of the person's class. */
  z.strictObject({ at: instant, do: z.literal('buy-offering'), person: name, amount }),
  /** For the dealing day that comes next; `id` is for `cancel`. */
  z
    .strictObject({
      at: instant,
      do: z.literal('order'),
      person: name,
      id: name,
      kind: z.enum(['BUY_AMOUNT', 'BUY_UNITS', 'SELL_UNITS', 'SELL_ALL']),
      /** An amount or units; of all that is held nothing is said. */
      asked: amount.optional(),
    })
    .refine(({ kind, asked }) => (kind === 'SELL_ALL') === (asked === undefined)),
  z.strictObject({ at: instant, do: z.literal('cancel'), person: name, id: name }),
  /** A market that closes at short notice. */
  z.strictObject({ at: instant, do: z.literal('holiday'), country: z.enum(COUNTRIES), day: z.iso.date() }),
]);
export type Step = z.output<typeof step>;

export const scenario = z
  .strictObject({
    name,
    start: instant,
    end: instant,
    seed: z.string().min(1).max(100),
    /** From which day both classes deal at NAV. */
    dealingFrom: z.iso.date(),
    steps: z.array(step).optional(),
    /** So many people who do so much a week, each week alike, worked out from the seed; added to `steps`. */
    generate: z.strictObject({ people: z.int().min(1).max(200), ordersAWeek: z.int().min(1).max(1000) }).optional(),
  })
  .refine(({ start, end }) => start < end, 'It ends before it starts.');

export type Scenario = Omit<z.output<typeof scenario>, 'steps' | 'generate'> & { steps: readonly Step[] };
