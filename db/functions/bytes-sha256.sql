-- SHA-256 of a text's UTF-8 bytes, as hex: of lists, seeds, proposals and the operators' log.
create or replace function sha256_hex(p_text text) returns text
language sql immutable parallel safe
as $$
  select encode(sha256(convert_to(p_text, 'UTF8')), 'hex')
$$;
