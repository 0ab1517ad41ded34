-- A general ledger in the shape of pgledger, written for this comparison: a transfer locks its two accounts in sorted order, and each of its
-- entries keeps the account's balance before and after it.
create schema if not exists transfer;
create table transfer.accounts (
  id bigint primary key,
  balance numeric not null,
  version bigint not null default 0,
  updated_at timestamptz not null default now()
);
create table transfer.transfers (
  id bigint primary key generated always as identity,
  from_account bigint not null references transfer.accounts (id),
  to_account bigint not null references transfer.accounts (id),
  amount numeric not null check (amount > 0),
  created_at timestamptz not null default now()
);
create index on transfer.transfers (from_account);
create index on transfer.transfers (to_account);
create table transfer.entries (
  id bigint primary key generated always as identity,
  account_id bigint not null references transfer.accounts (id),
  transfer_id bigint not null references transfer.transfers (id),
  amount numeric not null,
  previous_balance numeric not null,
  current_balance numeric not null,
  account_version bigint not null,
  created_at timestamptz not null default now()
);
create index on transfer.entries (account_id);
create index on transfer.entries (transfer_id);
insert into transfer.accounts (id, balance) select i, 1000000000000 from generate_series(1, :investors) i;

create function transfer.create_transfer(p_from bigint, p_to bigint, p_amount numeric) returns bigint
language plpgsql volatile
set search_path = transfer, public
as $$
declare
  v_transfer bigint;
  v_account accounts;
begin
  perform 1 from accounts where id in (p_from, p_to) order by id for update;
  insert into transfers (from_account, to_account, amount) values (p_from, p_to, p_amount) returning id into v_transfer;
  update accounts set balance = balance - p_amount, version = version + 1, updated_at = now()
   where id = p_from returning * into v_account;
  if v_account.balance < 0 then raise exception 'Not enough.'; end if;
  insert into entries (account_id, transfer_id, amount, previous_balance, current_balance, account_version)
  values (p_from, v_transfer, -p_amount, v_account.balance + p_amount, v_account.balance, v_account.version);
  update accounts set balance = balance + p_amount, version = version + 1, updated_at = now()
   where id = p_to returning * into v_account;
  insert into entries (account_id, transfer_id, amount, previous_balance, current_balance, account_version)
  values (p_to, v_transfer, p_amount, v_account.balance - p_amount, v_account.balance, v_account.version);
  return v_transfer;
end
$$;
