CREATE TABLE "dealing_notices" (
	"class_id" smallint NOT NULL,
	"dealing_date" date NOT NULL,
	"about" text NOT NULL,
	"buys" boolean NOT NULL,
	"told_up_to" bigint DEFAULT 0 NOT NULL,
	"told" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "dealing_notices_class_id_dealing_date_about_buys_pk" PRIMARY KEY("class_id","dealing_date","about","buys"),
	CONSTRAINT "dealing_notices_about" CHECK ("dealing_notices"."about" in ('DEALT', 'SETTLED'))
);
--> statement-breakpoint
CREATE INDEX "dealing_notices_open" ON "dealing_notices" USING btree ("dealing_date") WHERE "dealing_notices"."finished_at" is null;