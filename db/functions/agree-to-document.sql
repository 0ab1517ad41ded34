-- Agreed to is the text of a document version that was opened, in the language of the request if it was opened in both. Nothing where it was not opened.
drop function if exists agree_to_prospectus(bigint, integer, locale);
drop function if exists agree_to_newest(bigint, smallint, locale);
create or replace function agree_to_document(p_investor bigint, p_document integer, p_locale locale) returns void
language sql volatile
set search_path = public, pg_temp
as $$
  insert into consents (investor_id, document_version_id, act, locale, sha256, at)
  select s.investor_id, s.document_version_id, 'AGREED', s.locale, s.sha256, app_now()
    from consents s where s.investor_id = p_investor and s.document_version_id = p_document and s.act = 'OPENED'
   order by s.locale = p_locale desc limit 1
      on conflict do nothing
$$;
