CREATE TYPE "public"."redeal_step" AS ENUM('PRICE', 'BOOK', 'MAIL', 'DONE');--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'DEALING_BRIDGED' BEFORE 'REVERSAL';--> statement-breakpoint
CREATE TABLE "dealing_bridges" (
	"investor_id" bigint NOT NULL,
	"lent_minor" bigint NOT NULL,
	"lent_units" bigint NOT NULL,
	"returned_minor" bigint NOT NULL,
	"returned_units" bigint NOT NULL,
	"dealing_date" date NOT NULL,
	"chunk" integer NOT NULL,
	"class_id" smallint NOT NULL,
	"revision" smallint NOT NULL,
	"buys" boolean NOT NULL,
	CONSTRAINT "dealing_bridges_investor_id_class_id_dealing_date_revision_buys_pk" PRIMARY KEY("investor_id","class_id","dealing_date","revision","buys"),
	CONSTRAINT "dealing_bridges_sums" CHECK ("dealing_bridges"."lent_minor" >= "dealing_bridges"."returned_minor" and "dealing_bridges"."returned_minor" >= 0 and "dealing_bridges"."lent_units" >= "dealing_bridges"."returned_units" and "dealing_bridges"."returned_units" >= 0
        and "dealing_bridges"."lent_minor" + "dealing_bridges"."lent_units" > 0)
);
--> statement-breakpoint
CREATE TABLE "dealing_corrections" (
	"class_id" smallint NOT NULL,
	"dealing_date" date NOT NULL,
	"revision" smallint NOT NULL,
	"price_before" bigint NOT NULL,
	"price" bigint NOT NULL,
	"proposal_id" uuid NOT NULL,
	"bought_units" bigint,
	"step" "redeal_step" DEFAULT 'PRICE' NOT NULL,
	"chunks_done" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"finished_at" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp with time zone,
	CONSTRAINT "dealing_corrections_class_id_dealing_date_revision_pk" PRIMARY KEY("class_id","dealing_date","revision"),
	CONSTRAINT "dealing_corrections_worth_it" CHECK ("dealing_corrections"."revision" > 0 and "dealing_corrections"."price" > 0 and abs("dealing_corrections"."price" - "dealing_corrections"."price_before")::numeric * 200 >= "dealing_corrections"."price_before"),
	CONSTRAINT "dealing_corrections_steps" CHECK (("dealing_corrections"."step" = 'PRICE') = ("dealing_corrections"."bought_units" is null) and ("dealing_corrections"."step" = 'DONE') = ("dealing_corrections"."finished_at" is not null))
);
--> statement-breakpoint
ALTER TABLE "dealing_chunks" DROP CONSTRAINT "dealing_chunks_in_order";--> statement-breakpoint
ALTER TABLE "dealing_chunks" DROP CONSTRAINT "dealing_chunks_class_id_dealing_date_buys_chunk_pk";--> statement-breakpoint
ALTER TABLE "deals" DROP CONSTRAINT "deals_investor_id_order_key_dealing_date_pk";--> statement-breakpoint
ALTER TABLE "dealing_chunks" ADD COLUMN "revision" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "deals" ADD COLUMN "revision" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "dealing_chunks" ADD CONSTRAINT "dealing_chunks_class_id_dealing_date_buys_chunk_revision_pk" PRIMARY KEY("class_id","dealing_date","buys","chunk","revision");--> statement-breakpoint
ALTER TABLE "deals" ADD CONSTRAINT "deals_investor_id_order_key_dealing_date_revision_pk" PRIMARY KEY("investor_id","order_key","dealing_date","revision");--> statement-breakpoint
ALTER TABLE "dealing_chunks" ADD COLUMN "reversal_id" bigint;--> statement-breakpoint
ALTER TABLE "dealing_chunks" ADD COLUMN "settled_reversal_id" bigint;--> statement-breakpoint
ALTER TABLE "dealing_chunks" ADD COLUMN "lent_journal_id" bigint;--> statement-breakpoint
ALTER TABLE "dealing_chunks" ADD COLUMN "returned_journal_id" bigint;--> statement-breakpoint
ALTER TABLE "dealing_corrections" ADD CONSTRAINT "dealing_corrections_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dealing_chunks" ADD CONSTRAINT "dealing_chunks_in_order" CHECK (("dealing_chunks"."settled_at" is null or "dealing_chunks"."journal_id" is not null) and ("dealing_chunks"."reversal_id" is null or "dealing_chunks"."journal_id" is not null)
        and ("dealing_chunks"."settled_reversal_id" is null or "dealing_chunks"."settled_journal_id" is not null and "dealing_chunks"."reversal_id" is not null)
        and ("dealing_chunks"."returned_journal_id" is null or "dealing_chunks"."lent_journal_id" is not null));