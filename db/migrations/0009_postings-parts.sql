CREATE SEQUENCE "public"."batch_journals" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 10000000000000 CACHE 1;--> statement-breakpoint
-- The table as it was becomes the partition of single acts. Its key stays its own: a key of the whole would have to contain the journal.
ALTER TABLE "postings" RENAME TO "postings_live";
--> statement-breakpoint
CREATE TABLE "postings" (LIKE "postings_live" INCLUDING DEFAULTS INCLUDING CONSTRAINTS) PARTITION BY RANGE ("journal_id");
--> statement-breakpoint
ALTER TABLE "postings" ATTACH PARTITION "postings_live" FOR VALUES FROM (MINVALUE) TO (10000000000000);
