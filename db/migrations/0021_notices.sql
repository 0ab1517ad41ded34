DROP INDEX "mails_recipient";--> statement-breakpoint
ALTER TABLE "mails" ADD COLUMN "read_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "mails_person" ON "mails" USING btree ("user_id","id");