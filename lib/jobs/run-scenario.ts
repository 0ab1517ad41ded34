import { createHash } from 'node:crypto';
import { batch } from '@/db/client';
import { depositCash } from '@/db/commands/cash';
import { cancelDealingOrder, placeDealingOrder } from '@/db/commands/dealing-orders';
import { placeOrders } from '@/db/commands/orders';
import * as commands from '@/db/commands/scenario';
import type { Sql } from '@/db/connect';
import { appNow } from '@/db/queries/clock';
import type { Scenario, Step } from '@/lib/domain/scenario/scenario';
import type { Country } from '@/lib/domain/states';
import { runClock } from '@/lib/services/move-clock';
import { advanceClock } from './advance-clock';

type Person = { investorId: bigint; country: Country; orders: Map<string, string> };

/** How many steps were done, and how many of them were refused, by code: a refusal is an outcome like any other. */
export type ScenarioReport = { steps: number; refused: Record<string, number> };

/**
 * Plays a scenario on a seeded database whose clock stands at its start: at each step the clock is moved there, with everything that is due on the way,
 * and then the person acts, as the site's role and through the functions that the site calls. One process alone, so that nothing overtakes anything.
 *
 * @param owner makes people and holidays, which are not acts of the site.
 */
export async function runScenario(
  owner: Sql,
  scenario: Scenario,
  watch: (at: Date, done: number) => void = () => {},
): Promise<ScenarioReport> {
  const player = new Player(owner, scenario, await commands.listClassesByCountry(owner));
  await commands.startDealingOn(owner, scenario.dealingFrom);
  for (const [n, step] of scenario.steps.entries()) {
    await moveTo(new Date(step.at));
    await player.act(step);
    watch(new Date(step.at), n + 1);
  }
  await moveTo(new Date(scenario.end));
  return { steps: scenario.steps.length, refused: player.refused };
}

async function moveTo(at: Date): Promise<void> {
  if (at <= (await appNow())) return;
  const moved = await runClock(null, { to: at });
  if (!moved.ok) throw new Error(`The clock does not go to ${at.toISOString()}: ${moved.error.code}.`);
  await advanceClock();
}

class Player {
  readonly refused: Record<string, number> = {};
  private readonly people = new Map<string, Person>();
  private keys = 0;

  constructor(
    private readonly owner: Sql,
    private readonly scenario: Scenario,
    private readonly classes: readonly { id: number; country: Country }[],
  ) {}

  async act(step: Step): Promise<void> {
    if (step.do === 'holiday') return commands.closeMarket(this.owner, step.country, step.day);
    if (step.do === 'join') {
      const investorId = await commands.joinPerson(this.owner, step.person, step.country);
      this.people.set(step.person, { investorId, country: step.country, orders: new Map() });
      return;
    }
    const person = this.people.get(step.person);
    if (!person) throw new Error(`${step.person} acts before joining.`);
    const answer = await this.ask(person, step);
    if (!answer.ok) this.refused[answer.code] = (this.refused[answer.code] ?? 0) + 1;
  }

  private async ask(
    person: Person,
    step: Exclude<Step, { do: 'join' | 'holiday' }>,
  ): Promise<{ ok: true } | { ok: false; code: string }> {
    const { investorId, country } = person;
    const key = this.nextKey();
    switch (step.do) {
      case 'deposit': {
        const { currency, amount } = step;
        return batch((_, sql) => depositCash(sql, { investorId, key, currency, amountMinor: BigInt(amount) }));
      }
      case 'buy-offering':
        return this.buyInOffering(person, key, BigInt(step.amount));
      case 'cancel': {
        const order = person.orders.get(step.id);
        if (!order) throw new Error(`${step.person} cancels ${step.id}, which was never ordered.`);
        return batch((_, sql) => cancelDealingOrder(sql, { investorId, key, order }));
      }
      case 'order': {
        person.orders.set(step.id, key);
        const classId = this.classes.find((one) => one.country === country)?.id ?? 0;
        const dealingDate = await commands.dealingDayNow(this.owner, classId);
        const asked = BigInt(step.asked ?? 0);
        const call = { investorId, key, classId, kind: step.kind, asked, dealingDate } as const;
        return batch((_, sql) => placeDealingOrder(sql, { ...call, locale: 'en', consent: true }));
      }
    }
  }

  private async buyInOffering({ investorId, country }: Person, key: string, asked: bigint) {
    const offering = await commands.findOpenOffering(this.owner, country);
    if (!offering) return { ok: false, code: 'order.not-open' } as const;
    const { id: offeringId, price, termsVersion } = offering;
    const call = { investorId, key, offeringId, kind: 'BUY_AMOUNT', asked, price, termsVersion } as const;
    const [answer] = await batch((_, sql) => placeOrders(sql, [{ ...call, locale: 'en', consent: true }]));
    if (!answer) throw new Error('An order was not answered.');
    return answer.ok ? ({ ok: true } as const) : ({ ok: false, code: answer.code } as const);
  }

  /** A key made from the seed and its number: the same at each replay. */
  private nextKey(): string {
    this.keys += 1;
    const hex = createHash('sha256').update(`${this.scenario.seed} ${this.keys}`).digest('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }
}
