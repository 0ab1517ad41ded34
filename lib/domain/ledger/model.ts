/**
 * The reference model of cash and first-come sales: one book, one command at a time, nothing hidden. The database functions do the same under
 * concurrency and in batches; property tests run the same histories through both and compare every answer and every balance (HOUSE).
 */
import { type MidRate, quoteConversion } from '../money/conversion';
import { decideOrder, type OrderFacts, type OrderRequest } from '../orders/decide';
import type { Currency } from '../states';
import { type Account, journalFault, type Posting, reverse } from './journal';

type Terms = { key: string; investor: bigint };

export type Command = Terms &
  (
    | { type: 'deposit' | 'withdraw'; currency: Currency; amountMinor: bigint }
    | { type: 'convert'; currency: Currency; amountMinor: bigint; rateE4: bigint }
    | { type: 'settle-withdrawal' | 'cancel-withdrawal' }
    | { type: 'reverse' }
    | { type: 'order'; offering: number; request: OrderRequest; price: bigint; termsVersion: number; consent: boolean }
  );

/** `replayed` aside, the same key and body answer the same (I2). */
export type Answer =
  | { ok: true; replayed: boolean; units?: bigint; amountMinor?: bigint }
  | { ok: false; code: string };

export type Buyer = Omit<OrderFacts['buyer'], 'boughtUnits' | 'availableMinor'>;
export type Offering = Omit<OrderFacts['offering'], 'remainingUnits'> & { sizeUnits: bigint; unitAsset: string };

type Done = {
  body: string;
  answer: Extract<Answer, { ok: true }>;
  postings: Posting[];
  state: 'DONE' | 'PENDING' | 'SETTLED' | 'CANCELLED';
};

export class Book {
  private readonly balances = new Map<string, bigint>();
  private readonly cashKeys = new Map<string, Done>();
  private readonly orderKeys = new Map<string, Done & { offering: number; units: bigint }>();
  private readonly reversed = new Set<string>();

  constructor(
    private readonly buyers: ReadonlyMap<bigint, Buyer>,
    private readonly offerings: ReadonlyMap<number, Offering>,
    private readonly mid: MidRate,
    private readonly now: Date,
  ) {}

  balance(investor: bigint, asset: string, account: Account): bigint {
    return this.balances.get(`${investor} ${asset} ${account}`) ?? 0n;
  }

  /** L2: what all accounts of an asset sum to. */
  sumOf(asset: string): bigint {
    let sum = 0n;
    for (const [account, balance] of this.balances) if (account.split(' ')[1] === asset) sum += balance;
    return sum;
  }

  remaining(offering: number): bigint {
    let sold = 0n;
    for (const order of this.orderKeys.values()) if (order.offering === offering) sold += order.units;
    return (this.offerings.get(offering)?.sizeUnits ?? 0n) - sold;
  }

  apply(command: Command): Answer {
    switch (command.type) {
      case 'order':
        return this.order(command);
      case 'settle-withdrawal':
      case 'cancel-withdrawal':
        return this.finish(command);
      case 'reverse':
        return this.reverse(command);
      default:
        return this.moveCash(command);
    }
  }

  private post(postings: Posting[]) {
    const fault = journalFault(postings);
    if (fault) throw new Error(`The model wrote a journal that is ${fault}.`);
    for (const { investor, asset, account, amount } of postings) {
      const balance = this.balance(investor, asset, account) + amount;
      if (investor !== 0n && balance < 0n) throw new Error('The model let a balance fall below zero.');
      this.balances.set(`${investor} ${asset} ${account}`, balance);
    }
  }

  private moveCash(command: Extract<Command, { type: 'deposit' | 'withdraw' | 'convert' }>): Answer {
    const { investor, currency, amountMinor, key } = command;
    const id = `${investor} ${key}`;
    const rateE4 = 'rateE4' in command ? command.rateE4 : null;
    const body = [command.type, currency, amountMinor, rateE4].join(' ');
    const isWithdrawal = command.type === 'withdraw';
    const known = this.cashKeys.get(id);
    if (known)
      return known.body === body ? { ...known.answer, replayed: true } : { ok: false, code: 'cash.key-reused' };
    const { status } = this.buyers.get(investor) ?? {};
    if (isWithdrawal ? !status || status === 'FROZEN' : status !== 'ELIGIBLE') {
      return { ok: false, code: isWithdrawal ? 'cash.frozen' : 'cash.not-allowed' };
    }
    const mine = (asset: string, account: Account, amount: bigint): Posting => ({ investor, asset, account, amount });
    const control = (asset: string, account: Account, amount: bigint): Posting => ({
      investor: 0n,
      asset,
      account,
      amount,
    });
    let postings: Posting[];
    if (command.type === 'deposit') {
      postings = [control(currency, 'BANK', -amountMinor), mine(currency, 'INVESTOR_AVAILABLE', amountMinor)];
    } else if (isWithdrawal) {
      if (this.balance(investor, currency, 'INVESTOR_AVAILABLE') < amountMinor)
        return { ok: false, code: 'cash.insufficient' };
      postings = [mine(currency, 'INVESTOR_AVAILABLE', -amountMinor), mine(currency, 'INVESTOR_RESERVED', amountMinor)];
    } else {
      const quote = quoteConversion(amountMinor, currency, this.mid);
      if (quote.rateE4 !== rateE4) return { ok: false, code: 'cash.rate-changed' };
      if (quote.toAmountMinor === 0n) return { ok: false, code: 'cash.too-small' };
      if (this.balance(investor, currency, 'INVESTOR_AVAILABLE') < amountMinor)
        return { ok: false, code: 'cash.insufficient' };
      postings = [
        mine(currency, 'INVESTOR_AVAILABLE', -amountMinor),
        control(currency, 'FX_DESK', amountMinor),
        control(quote.to, 'FX_DESK', -quote.toAmountMinor),
        mine(quote.to, 'INVESTOR_AVAILABLE', quote.toAmountMinor),
      ];
    }
    this.post(postings);
    const answer = { ok: true, replayed: false, amountMinor } as const;
    this.cashKeys.set(id, { body, answer, postings, state: isWithdrawal ? 'PENDING' : 'DONE' });
    return answer;
  }

  private finish({
    investor,
    key,
    type,
  }: Extract<Command, { type: 'settle-withdrawal' | 'cancel-withdrawal' }>): Answer {
    const withdrawal = this.cashKeys.get(`${investor} ${key}`);
    if (!withdrawal || withdrawal.state === 'DONE') return { ok: false, code: 'cash.not-found' };
    const state = type === 'settle-withdrawal' ? 'SETTLED' : 'CANCELLED';
    if (withdrawal.state === state) return { ...withdrawal.answer, replayed: true };
    if (withdrawal.state !== 'PENDING') return { ok: false, code: 'cash.not-pending' };
    const [, reserved] = withdrawal.postings;
    if (!reserved) throw new Error('A withdrawal reserves.');
    const released: Posting =
      state === 'CANCELLED'
        ? { ...reserved, account: 'INVESTOR_AVAILABLE' }
        : { ...reserved, investor: 0n, account: 'BANK' };
    this.post([{ ...reserved, amount: -reserved.amount }, released]);
    withdrawal.state = state;
    return withdrawal.answer;
  }

  private reverse({ investor, key }: Extract<Command, { type: 'reverse' }>): Answer {
    const id = `${investor} ${key}`;
    const entry = this.cashKeys.get(id);
    if (entry?.state !== 'DONE') return { ok: false, code: 'ledger.not-reversible' };
    if (this.reversed.has(id)) return { ok: false, code: 'ledger.already-reversed' };
    const postings = reverse(entry.postings);
    const spent = postings.some(
      (p) => p.investor !== 0n && this.balance(p.investor, p.asset, p.account) + p.amount < 0n,
    );
    if (spent) return { ok: false, code: 'ledger.spent' };
    this.post(postings);
    this.reversed.add(id);
    return { ok: true, replayed: false };
  }

  private order(command: Extract<Command, { type: 'order' }>): Answer {
    const { investor, key, request, price, termsVersion } = command;
    const id = `${investor} ${key}`;
    const asked = request.kind === 'BUY_AMOUNT' ? request.amountMinor : request.units;
    const body = [command.offering, request.kind, asked, price, termsVersion].join(' ');
    const known = this.orderKeys.get(id);
    if (known)
      return known.body === body ? { ...known.answer, replayed: true } : { ok: false, code: 'order.key-reused' };
    const offering = this.offerings.get(command.offering);
    const buyer = this.buyers.get(investor);
    if (!offering || !buyer) return { ok: false, code: offering ? 'order.not-eligible' : 'order.not-found' };
    const earlier = [...this.orderKeys].flatMap(([other, order]) => (other.startsWith(`${investor} `) ? [order] : []));
    const boughtUnits = earlier.reduce(
      (sum, order) => sum + (order.offering === command.offering ? order.units : 0n),
      0n,
    );
    const decision = decideOrder(
      {
        buyer: {
          ...buyer,
          // There is one prospectus in the book, and whoever has bought has agreed to it.
          agreed: buyer.agreed || command.consent || earlier.length > 0,
          boughtUnits,
          availableMinor: this.balance(investor, offering.currency, 'INVESTOR_AVAILABLE'),
        },
        offering: { ...offering, remainingUnits: this.remaining(command.offering) },
        expected: { price, termsVersion },
        now: this.now,
      },
      request,
    );
    if (!decision.ok) return { ok: false, code: decision.error.code };
    const { units, amountMinor } = decision.value;
    const postings: Posting[] = [
      { investor, asset: offering.currency, account: 'INVESTOR_AVAILABLE', amount: -amountMinor },
      { investor: 0n, asset: offering.currency, account: 'FUND_CASH', amount: amountMinor },
      { investor: 0n, asset: offering.unitAsset, account: 'UNITS_ISSUED', amount: -units },
      { investor, asset: offering.unitAsset, account: 'INVESTOR_UNITS', amount: units },
    ];
    this.post(postings);
    const answer = { ok: true, replayed: false, units, amountMinor } as const;
    this.orderKeys.set(id, { body, answer, postings, state: 'DONE', offering: command.offering, units });
    return answer;
  }
}
