/** Switches that are broken on purpose, and what `npm run verify` says of them: for a scene with one of each kind (verify-switches.db.test.ts). */
import { type Break, without } from '../test-breaks';

export const SWITCH_BREAKS: Break[] = [
  {
    name: 'a switch is lost, and its order stands',
    statements: [`delete from switches where key in (select key from switch_parts where state = 'RELEASED')`],
    red: ['O13', 'O14'],
  },
  {
    name: 'a switch goes into the class that it comes from',
    statements: [
      `update switches s set to_class_id = o.class_id from dealing_orders o
        where o.investor_id = s.investor_id and o.key = s.key and s.key in (select key from switch_parts where state = 'RELEASED')`,
    ],
    red: ['O13'],
  },
  {
    name: 'what was paid is held for nobody',
    statements: [`delete from switch_parts where state = 'RELEASED'`],
    red: ['I5', 'O13'],
  },
  {
    name: 'more is held than was paid',
    statements: [`update switch_parts set amount_minor = amount_minor + 1 where state = 'HELD'`],
    red: ['O2', 'I5', 'O14'],
  },
  {
    name: 'what is held ends, and stays set aside',
    statements: [
      `update switch_parts set state = 'RELEASED', reason = 'cash.too-small', ended_at = now(), freed_journal_id = held_journal_id where state = 'HELD'`,
    ],
    red: ['O2', 'I5'],
  },
  {
    name: 'a part was dealt again on a day that was not',
    statements: [`update switch_parts set state = 'REDEALT', reason = null where state = 'RELEASED'`],
    red: ['O14'],
  },
  {
    name: 'another amount was carried on than was held',
    statements: [`update switch_parts set to_amount_minor = to_amount_minor - 1 where state = 'CARRIED'`],
    red: ['O14'],
  },
  {
    name: 'what was carried on is an order of another class',
    statements: [
      `update dealing_orders o set class_id = w.class_id from dealing_orders w join switch_parts p on p.investor_id = w.investor_id and p.key = w.key
        where o.investor_id = p.investor_id and o.key = p.order_key`,
    ],
    red: ['O7', 'O14'],
  },
  {
    name: 'two parts of one day hold',
    statements: [
      'drop index switch_parts_one',
      without('switch_parts', 'switch_parts_outcome'),
      `update switch_parts set state = 'RELEASED', reason = 'cash.too-small' where state = 'REDEALT'`,
    ],
    red: ['O13'],
  },
];
