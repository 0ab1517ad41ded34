/**
 * The reference model of subscriptions: one book, one command at a time. The database functions do the same under concurrency; property tests
 * run the same histories through both and compare every answer and every balance (HOUSE).
 */
import type { OrderRequest } from '../orders/decide';
import type { OfferingState, SubscriptionState } from '../states';
import { decideSubscription, refuseWithdrawal, type SubscriptionFacts } from './decide';

export type Subscriber = Omit<SubscriptionFacts['buyer'], 'heldUnits' | 'subscribedUnits' | 'availableMinor'>;
export type Window = SubscriptionFacts['offering'] & { state: OfferingState; withdrawUntil: Date | null };

type Terms = { investor: bigint; key: string };
type Asked = { request: OrderRequest; price: bigint; termsVersion: number; consent: boolean };
export type SubscriptionCommand = Terms &
  (
    | ({ type: 'place'; offering: number } & Asked)
    | ({ type: 'change'; subscription: string } & Asked)
    | { type: 'withdraw'; subscription: string }
  );

/** `replayed` aside, the same key and body answer the same (I2). */
export type SubscriptionAnswer =
  | { ok: true; replayed: boolean; units: bigint; reservedMinor: bigint }
  | { ok: false; code: string };

type Standing = { offering: number; units: bigint; reservedMinor: bigint; state: SubscriptionState };

export class SubscriptionBook {
  private readonly done = new Map<string, { body: string; answer: Extract<SubscriptionAnswer, { ok: true }> }>();
  private readonly subscriptions = new Map<string, Standing>();
  private readonly agreed = new Set<bigint>();

  constructor(
    private readonly people: ReadonlyMap<bigint, Subscriber>,
    private readonly windows: ReadonlyMap<number, Window>,
    /** Cash at the beginning, in the currency of the person's class, and units held from earlier. */
    private readonly cash: ReadonlyMap<bigint, bigint>,
    private readonly held: ReadonlyMap<bigint, bigint>,
    private readonly now: Date,
  ) {}

  reserved(investor: bigint): bigint {
    return this.of(investor).reduce((sum, { reservedMinor }) => sum + reservedMinor, 0n);
  }

  available(investor: bigint): bigint {
    return (this.cash.get(investor) ?? 0n) - this.reserved(investor);
  }

  /** Active subscriptions of a person, of one offering or of all. */
  private of(investor: bigint, offering?: number): Standing[] {
    return [...this.subscriptions].flatMap(([id, standing]) =>
      id.startsWith(`${investor} `) &&
      standing.state === 'ACTIVE' &&
      (offering ?? standing.offering) === standing.offering
        ? [standing]
        : [],
    );
  }

  apply(command: SubscriptionCommand): SubscriptionAnswer {
    const id = `${command.investor} ${command.key}`;
    const subscriptionId = `${command.investor} ${'subscription' in command ? command.subscription : command.key}`;
    const standing = this.subscriptions.get(subscriptionId);
    if (command.type !== 'place' && !standing) return { ok: false, code: 'subscription.not-found' };
    const body = JSON.stringify({ ...command, consent: null }, (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    const known = this.done.get(id);
    if (known) {
      return known.body === body ? { ...known.answer, replayed: true } : { ok: false, code: 'order.key-reused' };
    }
    const answer =
      command.type === 'withdraw'
        ? this.withdraw(command.investor, standing)
        : this.ask(command, subscriptionId, standing);
    if (answer.ok) this.done.set(id, { body, answer });
    return answer;
  }

  private ask(
    command: Exclude<SubscriptionCommand, { type: 'withdraw' }>,
    id: string,
    standing: Standing | undefined,
  ): SubscriptionAnswer {
    const { investor, request, price, termsVersion, consent } = command;
    if (standing && standing.state !== 'ACTIVE') return { ok: false, code: 'subscription.not-active' };
    const offeringId = standing?.offering ?? (command.type === 'place' ? command.offering : 0);
    const offering = this.windows.get(offeringId);
    const buyer = this.people.get(investor);
    if (!offering || !buyer) return { ok: false, code: 'order.not-found' };
    const decision = decideSubscription(
      {
        buyer: {
          ...buyer,
          agreed: buyer.agreed || this.agreed.has(investor) || consent,
          availableMinor: this.available(investor),
          heldUnits: this.held.get(investor) ?? 0n,
          subscribedUnits: this.of(investor, offeringId).reduce((sum, { units }) => sum + units, 0n),
        },
        offering,
        expected: { price, termsVersion },
        insteadOf: standing ?? null,
        now: this.now,
      },
      request,
    );
    if (!decision.ok) return { ok: false, code: decision.error.code };
    this.agreed.add(investor);
    const { units, amountMinor: reservedMinor } = decision.value;
    this.subscriptions.set(id, { offering: offeringId, units, reservedMinor, state: 'ACTIVE' });
    return { ok: true, replayed: false, units, reservedMinor };
  }

  private withdraw(investor: bigint, standing: Standing | undefined): SubscriptionAnswer {
    const offering = this.windows.get(standing?.offering ?? 0);
    const buyer = this.people.get(investor);
    if (!standing || !offering || !buyer) return { ok: false, code: 'subscription.not-found' };
    const code = refuseWithdrawal({
      status: buyer.status,
      subscription: standing.state,
      offering,
      listed: false,
      now: this.now,
    });
    if (code !== null) return { ok: false, code };
    Object.assign(standing, { state: 'WITHDRAWN' });
    return { ok: true, replayed: false, units: 0n, reservedMinor: 0n };
  }
}
