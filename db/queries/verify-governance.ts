/** G1–G5 as statements (see verify.ts). The texts that are hashed are those of lib/domain/governance/log.ts. */
import type { Check } from './verify-check';

/** Everything that has to have a line of the log of its own: the line, what it has to say, and about which proposal. */
const LOGGED = `
  select 'revision ' || revision as what, log, reason::text as kind, proposal_id, revision, at from proposal_revisions
  union all
  select 'signature of ' || side, log, 'SIGNED', proposal_id, revision, at from proposal_signatures
  union all
  select 'end', closed_log, state::text, id, revision, closed_at from proposals where state <> 'OPEN'`;

export const GOVERNANCE_CHECKS: readonly Check[] = [
  {
    id: 'G1',
    says: 'the log of operators’ acts is a gapless chain of hashes',
    violations: `
      select format('entry %s: follows entry %s', sequence, before) as place
        from (select sequence, lag(sequence, 1, 0::bigint) over (order by sequence) as before from operator_log) l
       where sequence <> before + 1
      union all
      select format('entry %s: names another entry before it', sequence)
        from (select *, lag(sha256, 1, repeat('0', 64)) over (order by sequence) as before from operator_log) l
       where previous_sha256 <> before
      union all
      select format('entry %s: its content has another hash', sequence)
        from operator_log
       where content_sha256 <> encode(sha256(convert_to(concat_ws(E'\\n', salt::text, coalesce(actor::text, ''), subject, payload), 'UTF8')), 'hex')
      union all
      select format('entry %s: it has another hash', sequence)
        from operator_log
       where sha256 <> encode(sha256(convert_to(concat_ws(E'\\n', 'wakachi-log-1', sequence::text, previous_sha256, kind,
               coalesce(side::text, '-'), to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), content_sha256), 'UTF8')), 'hex')`,
  },
  {
    id: 'G2',
    says: 'each published checkpoint is a part of the log, in the order of publication',
    violations: `
      select format('checkpoint %s: the log has %s there', c.sequence, coalesce(l.sha256, 'nothing')) as place
        from log_checkpoints c left join operator_log l using (sequence)
       where l.sha256 is distinct from c.sha256
      union all
      select format('checkpoint %s: published before an earlier one', sequence)
        from (select sequence, published_at, lag(published_at) over (order by sequence) as before from log_checkpoints) c
       where published_at < before`,
  },
  {
    id: 'G3',
    says: 'each change of a proposal has one entry of the log, made with it',
    violations: `
      select format('proposal %s, %s: entry %s says %s of %s', proposal_id, what, c.log, coalesce(l.kind, 'nothing'), l.subject) as place
        from (${LOGGED}) c
        left join operator_log l on l.sequence = c.log
       where l.kind is distinct from c.kind or l.subject is distinct from 'proposal:' || c.proposal_id or l.at is distinct from c.at
          or l.payload::jsonb ->> 'revision' is distinct from c.revision::text
      union all
      select format('entry %s: %s of %s, which %s changes name', l.sequence, l.kind, l.subject, count(c.log))
        from operator_log l left join (${LOGGED}) c on c.log = l.sequence
       where l.subject like 'proposal:%'
       group by l.sequence having count(c.log) <> 1
      union all
      select format('proposal %s: has no words', p.id)
        from proposals p
       where not exists (select 1 from proposal_revisions r where r.proposal_id = p.id and r.revision = p.revision)`,
  },
  {
    id: 'G4',
    says: 'each executed proposal has a signature of both sides, of two people, neither its proposer, over the hash that was executed',
    violations: `
      select format('proposal %s: %s signatures, %s sides, %s people', p.number, count(s.side), count(distinct s.side),
                    count(distinct s.person_id)) as place
        from proposals p
        left join proposal_revisions r on r.proposal_id = p.id and r.revision = p.revision
        left join proposal_signatures s on s.proposal_id = p.id and s.revision = p.revision
         and s.sha256 = r.sha256 and s.person_id <> p.proposer_person and s.user_id <> p.proposer
       where p.state = 'EXECUTED'
       group by p.id having count(distinct s.side) <> 2 or count(distinct s.person_id) <> 2 or count(distinct s.user_id) <> 2
      union all
      select format('proposal %s, revision %s: its words have another hash', proposal_id, revision)
        from proposal_revisions where sha256 <> encode(sha256(convert_to(payload, 'UTF8')), 'hex')`,
  },
  {
    id: 'G5',
    says: 'each signature is over its own revision’s hash, and no later than the next revision, which voids it',
    violations: `
      select format('proposal %s, revision %s: signature of %s', s.proposal_id, s.revision, s.side) as place
        from proposal_signatures s
        left join proposal_revisions r using (proposal_id, revision)
        left join proposal_revisions n on n.proposal_id = s.proposal_id and n.revision = s.revision + 1
       where r.sha256 is distinct from s.sha256 or s.log <= r.log or s.log >= n.log
      union all
      select format('proposal %s: revision %s stands, of %s', p.number, p.revision, max(r.revision))
        from proposals p join proposal_revisions r on r.proposal_id = p.id
       group by p.id having max(r.revision) <> p.revision or count(*) <> p.revision`,
  },
];
