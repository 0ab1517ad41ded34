/** For verify.db.test.ts: what breaks G1–G5, and exactly the lines that each break turns red. */
export type Break = { name: string; statements: string[]; red: string[] };

export const without = (table: string, constraint: string) => `alter table ${table} drop constraint ${constraint}`;

export const GOVERNANCE_BREAKS: Break[] = [
  {
    name: 'an entry of the operators’ log is altered',
    statements: [
      `update operator_log set payload = payload || ' ' where kind = 'SIGNED' and sequence = (select max(sequence) from operator_log where kind = 'SIGNED')`,
    ],
    red: ['G1'],
  },
  {
    name: 'the last entry of the log is taken out',
    statements: [
      'delete from operator_log where sequence = (select max(sequence) from operator_log)',
      // Together with what it was about, so that nothing else misses it.
      'delete from proposal_signatures where log > (select max(sequence) from operator_log)',
    ],
    red: ['G2'],
  },
  {
    name: 'an entry in the middle of the log is taken out',
    statements: [`delete from operator_log where sequence = 2`],
    red: ['G1', 'G3'],
  },
  {
    name: 'a checkpoint says something else than the log',
    statements: [`update log_checkpoints set sha256 = repeat('a', 64)`],
    red: ['G2'],
  },
  {
    name: 'a proposal ends without a line of the log of its own',
    statements: [`update proposals set state = 'WITHDRAWN' where state = 'REJECTED'`],
    red: ['G3'],
  },
  {
    name: 'a proposal is executed with one signature',
    statements: [
      `delete from proposal_signatures where (proposal_id, side) in
        (select id, 'JP'::country from proposals where state = 'EXECUTED' order by number limit 1)`,
    ],
    red: ['G3', 'G4'],
  },
  {
    name: 'a proposal was signed by the person who made it',
    statements: [
      `update proposals p set proposer_person = s.person_id from proposal_signatures s
        where s.proposal_id = p.id and s.side = 'US' and p.state = 'EXECUTED' and p.number = 1`,
    ],
    red: ['G4'],
  },
  {
    name: 'what was executed says something else now',
    statements: [
      without('proposal_revisions', 'proposal_revisions_sha256'),
      `update proposal_revisions set payload = replace(payload, '1', '2') where proposal_id = (select id from proposals where number = 1)`,
    ],
    red: ['G4'],
  },
  {
    name: 'a signature is over another hash',
    statements: [
      `update proposal_signatures set sha256 = repeat('a', 64)
        where proposal_id in (select id from proposals where state = 'OPEN')`,
    ],
    red: ['G5'],
  },
  {
    name: 'a signature is older than the words',
    statements: [
      `update proposal_signatures s set log = r.log from proposal_revisions r
        where r.proposal_id = s.proposal_id and r.revision = s.revision and s.proposal_id in (select id from proposals where state = 'OPEN')`,
    ],
    red: ['G3', 'G5'],
  },
];
