-- What everybody may see of joint approval: what was decided, when, and by which side. No person: neither who acted nor, for kinds about an account,
-- whose it is; the hash of such a payload is left out too, since the accounts could be tried one by one. A plain view reads as its owner.
create or replace view public_decisions as
  select p.number, p.kind, p.state, p.created_at, p.closed_at, p.proposer_side,
         (select s.at from proposal_signatures s where s.proposal_id = p.id and s.revision = p.revision and s.side = 'US') as us_signed_at,
         (select s.at from proposal_signatures s where s.proposal_id = p.id and s.revision = p.revision and s.side = 'JP') as jp_signed_at,
         (select l.side from operator_log l where l.sequence = p.closed_log) as closed_side,
         p.closed_log as log_sequence,
         -- What was not carried out stays with the staff: a draft of an offering may come again.
         case when x.open then p.subject end as subject,
         case when x.open then r.payload end as payload,
         case when x.open then r.sha256 end as sha256,
         case when x.open then p.outcome end as outcome
    from proposals p
    join proposal_revisions r on r.proposal_id = p.id and r.revision = p.revision
   cross join lateral (select p.state = 'EXECUTED' and p.concerns_user_id is null as open) x
   where p.state <> 'OPEN';
