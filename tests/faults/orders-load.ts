/**
 * A process in which people place orders and pay in, through the services that the site's actions call, until SIGTERM. Prints a line of JSON
 * for each command before it is sent, and one when it is answered; what was sent and not answered is unknown to its person.
 * Arguments: the offering's slug, and the ids of the investors.
 */
import { randomUUID } from 'node:crypto';
import { closeDatabase } from '@/db/client';
import { depositCash } from '@/lib/services/deposit-cash';
import { placeOrder } from '@/lib/services/place-order';
import { order } from './commands';

const [slug = '', ...ids] = process.argv.slice(2);
let stopping = false;
process.on('SIGTERM', () => {
  stopping = true;
});

// A pipe is written to at once, so that nothing of it is lost with a killed process.
const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function person(id: string) {
  const actor = { investorId: BigInt(id), locale: 'en' as const };
  for (let n = 0; !stopping; n += 1) {
    const kind = n % 4 === 3 ? 'deposit' : 'order';
    const key = randomUUID();
    tell({ sent: kind, investorId: id, key });
    const result =
      kind === 'order'
        ? await placeOrder(actor, order(slug, key))
        : await depositCash(actor, { currency: 'USD', amountMinor: 500n, key });
    if (result.ok) tell({ done: key });
    else if (result.error.code !== 'form.unconfirmed') tell({ refused: key, code: result.error.code });
  }
}

await Promise.all(ids.map(person));
await closeDatabase();
