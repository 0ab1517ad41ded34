-- The log of operators' acts: a gapless hash chain (TRUST G1). The texts that are hashed are those of lib/domain/governance/log.ts.

create or replace function log_content_text(p_salt uuid, p_actor bigint, p_subject text, p_payload text) returns text
language sql immutable parallel safe
as $$
  select concat_ws(E'\n', p_salt::text, coalesce(p_actor::text, ''), p_subject, p_payload)
$$;

create or replace function log_link_text(p_sequence bigint, p_previous text, p_kind text, p_side country, p_at timestamptz, p_content text) returns text
language sql stable parallel safe
as $$
  select concat_ws(E'\n', 'wakachi-log-1', p_sequence::text, p_previous, p_kind, coalesce(p_side::text, '-'),
                   to_char(p_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), p_content)
$$;

-- One act after the other: whoever holds this writes the next entries. Commands of staff take it before anything else, so that two of them never
-- wait for each other in a circle. It is held until the transaction ends.
create or replace function lock_log() returns void
language sql volatile
as $$
  select pg_advisory_xact_lock(7309245121)
$$;

-- Writes the next entry in the caller's transaction (G3) and answers with its number. Internal: each command of staff calls it for what it changed.
-- p_subject is `<kind of thing>:<id>`; p_payload is JSON that says what the act was.
create or replace function log_act(p_kind text, p_subject text, p_actor bigint, p_side country, p_payload text default '{}')
returns bigint
language plpgsql volatile
set search_path = public, pg_temp
as $$
declare
  v_sequence bigint;
  v_previous text;
  v_at constant timestamptz := date_trunc('milliseconds', app_now());
  v_salt constant uuid := gen_random_uuid();
  v_content text;
begin
  perform lock_log();
  select sequence, sha256 into v_sequence, v_previous from operator_log order by sequence desc limit 1;
  v_sequence := coalesce(v_sequence, 0) + 1;
  v_previous := coalesce(v_previous, repeat('0', 64));
  v_content := sha256_hex(log_content_text(v_salt, p_actor, p_subject, p_payload));
  insert into operator_log (sequence, previous_sha256, sha256, kind, side, at, content_sha256, salt, actor, subject, payload)
  values (v_sequence, v_previous, sha256_hex(log_link_text(v_sequence, v_previous, p_kind, p_side, v_at, v_content)),
          p_kind, p_side, v_at, v_content, v_salt, p_actor, p_subject, p_payload);
  return v_sequence;
end
$$;

-- Whoever writes: an entry continues the one before it.
create or replace function check_log_link() returns trigger
language plpgsql
set search_path = public, pg_temp
as $$
declare
  v_previous constant text := case when new.sequence = 1 then repeat('0', 64)
                                   else (select sha256 from operator_log where sequence = new.sequence - 1) end;
begin
  if new.previous_sha256 is distinct from v_previous
     or new.content_sha256 <> sha256_hex(log_content_text(new.salt, new.actor, new.subject, new.payload))
     or new.sha256 <> sha256_hex(log_link_text(new.sequence, new.previous_sha256, new.kind, new.side, new.at, new.content_sha256)) then
    raise exception 'Entry % does not continue the log.', new.sequence using errcode = 'check_violation', constraint = 'operator_log_chain';
  end if;
  return null;
end
$$;
create or replace trigger operator_log_chain after insert on operator_log for each row execute function check_log_link();

-- Publishes the head of the log, once a day of the system's clock at most and only when the log has grown (G2). Answers how many were published.
create or replace function publish_checkpoint() returns integer
language plpgsql volatile security definer
set search_path = public, pg_temp
as $$
declare
  v_head operator_log;
  v_last log_checkpoints;
begin
  perform lock_log();
  select * into v_head from operator_log order by sequence desc limit 1;
  select * into v_last from log_checkpoints order by sequence desc limit 1;
  if v_head.sequence is null or v_last.sequence = v_head.sequence
     or v_last.published_at > app_now() - interval '1 day' then
    return 0;
  end if;
  insert into log_checkpoints (sequence, sha256) values (v_head.sequence, v_head.sha256);
  return 1;
end
$$;

-- What everybody may see of the log: enough to check the chain, and nothing that names anybody. A plain view reads as its owner.
create or replace view public_log as
  select sequence, previous_sha256, sha256, kind, side, at, content_sha256 from operator_log;
