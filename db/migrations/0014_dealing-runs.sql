CREATE TYPE "public"."dealing_step" AS ENUM('PRICE', 'REDEEM', 'BUY', 'WAIT', 'DONE');--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'DEALING_REDEEMED' BEFORE 'REVERSAL';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'DEALING_BOUGHT' BEFORE 'REVERSAL';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'DEALING_SETTLED' BEFORE 'REVERSAL';--> statement-breakpoint
ALTER TYPE "public"."ledger_account" ADD VALUE 'FUND_DUE';--> statement-breakpoint
CREATE TABLE "dealing_chunks" (
	"first_investor" bigint NOT NULL,
	"last_investor" bigint NOT NULL,
	"units" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"journal_id" bigint,
	"settled_journal_id" bigint,
	"settled_at" timestamp with time zone,
	"dealing_date" date NOT NULL,
	"chunk" integer NOT NULL,
	"class_id" smallint NOT NULL,
	"buys" boolean NOT NULL,
	CONSTRAINT "dealing_chunks_class_id_dealing_date_buys_chunk_pk" PRIMARY KEY("class_id","dealing_date","buys","chunk"),
	CONSTRAINT "dealing_chunks_in_order" CHECK ("dealing_chunks"."settled_at" is null or "dealing_chunks"."journal_id" is not null)
);
--> statement-breakpoint
CREATE TABLE "dealing_runs" (
	"class_id" smallint NOT NULL,
	"dealing_date" date NOT NULL,
	"price" bigint NOT NULL,
	"struck_at" timestamp with time zone NOT NULL,
	"cut_off_at" timestamp with time zone NOT NULL,
	"settlement_date" date NOT NULL,
	"payout_date" date NOT NULL,
	"levy_e4" integer NOT NULL,
	"gate_e4" integer NOT NULL,
	"issued_units" bigint NOT NULL,
	"redeemed_units" bigint,
	"bought_units" bigint,
	"deferred_units" bigint,
	"step" "dealing_step" DEFAULT 'PRICE' NOT NULL,
	"chunks_done" integer DEFAULT 0 NOT NULL,
	"chunk_people" integer NOT NULL,
	"started_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"finished_at" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp with time zone,
	CONSTRAINT "dealing_runs_class_id_dealing_date_pk" PRIMARY KEY("class_id","dealing_date"),
	CONSTRAINT "dealing_runs_forward" CHECK ("dealing_runs"."price" > 0 and "dealing_runs"."struck_at" >= "dealing_runs"."cut_off_at"),
	CONSTRAINT "dealing_runs_priced" CHECK (("dealing_runs"."step" = 'PRICE') = ("dealing_runs"."bought_units" is null) and ("dealing_runs"."step" = 'DONE') = ("dealing_runs"."finished_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "deals" (
	"investor_id" bigint NOT NULL,
	"order_key" uuid NOT NULL,
	"units" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"release_minor" bigint NOT NULL,
	"levy_minor" bigint NOT NULL,
	"deferred_units" bigint NOT NULL,
	"dealing_date" date NOT NULL,
	"chunk" integer NOT NULL,
	"class_id" smallint NOT NULL,
	"buys" boolean NOT NULL,
	CONSTRAINT "deals_investor_id_order_key_dealing_date_pk" PRIMARY KEY("investor_id","order_key","dealing_date"),
	CONSTRAINT "deals_not_negative" CHECK ("deals"."units" >= 0 and "deals"."amount_minor" >= 0 and "deals"."release_minor" >= 0 and "deals"."levy_minor" >= 0 and "deals"."deferred_units" >= 0),
	CONSTRAINT "deals_side" CHECK (case when "deals"."buys" then "deals"."levy_minor" = 0 and "deals"."deferred_units" = 0 and "deals"."amount_minor" + "deals"."release_minor" > 0
        and ("deals"."units" > 0) = ("deals"."amount_minor" > 0) else "deals"."release_minor" = 0 and "deals"."units" > 0 end)
);
--> statement-breakpoint
ALTER TABLE "postings" DROP CONSTRAINT "postings_account_kind";--> statement-breakpoint
ALTER TABLE "unit_classes" ADD COLUMN "levy_e4" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "deals_chunk" ON "deals" USING btree ("class_id","dealing_date","buys","chunk");--> statement-breakpoint
ALTER TABLE "postings" ADD CONSTRAINT "postings_account_kind" CHECK (("investor_id" = 0) = ("account" not in ('INVESTOR_AVAILABLE', 'INVESTOR_RESERVED', 'INVESTOR_UNITS')));