CREATE TYPE "public"."allotment_purpose" AS ENUM('ALLOT', 'REFUND');--> statement-breakpoint
CREATE TYPE "public"."allotment_step" AS ENUM('ALLOT', 'POST', 'CHECK', 'MAIL', 'DONE');--> statement-breakpoint
CREATE TYPE "public"."subscription_act" AS ENUM('PLACED', 'CHANGED', 'WITHDRAWN');--> statement-breakpoint
CREATE TYPE "public"."subscription_state" AS ENUM('ACTIVE', 'WITHDRAWN');--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'SUBSCRIPTION_RESERVED' BEFORE 'REVERSAL';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'SUBSCRIPTION_CHANGED' BEFORE 'REVERSAL';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'SUBSCRIPTION_RELEASED' BEFORE 'REVERSAL';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'ALLOTMENT' BEFORE 'REVERSAL';--> statement-breakpoint
CREATE TABLE "allotment_chunks" (
	"first_investor" bigint NOT NULL,
	"last_investor" bigint NOT NULL,
	"journal_id" bigint,
	"offering_id" integer NOT NULL,
	"chunk" integer NOT NULL,
	CONSTRAINT "allotment_chunks_offering_id_chunk_pk" PRIMARY KEY("offering_id","chunk")
);
--> statement-breakpoint
CREATE TABLE "allotment_runs" (
	"offering_id" integer PRIMARY KEY NOT NULL,
	"purpose" "allotment_purpose" NOT NULL,
	"step" "allotment_step" NOT NULL,
	"chunks_done" integer DEFAULT 0 NOT NULL,
	"chunks" integer DEFAULT 0 NOT NULL,
	"chunk_people" integer NOT NULL,
	"method" "offering_method" NOT NULL,
	"rule_version" integer NOT NULL,
	"seed" text,
	"seed_parts" jsonb,
	"supply_units" bigint NOT NULL,
	"allotted_units" bigint,
	"figures" jsonb,
	"proposal_id" uuid,
	"started_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"finished_at" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp with time zone,
	CONSTRAINT "allotment_runs_finished" CHECK (("allotment_runs"."step" = 'DONE') = ("allotment_runs"."finished_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "allotments" (
	"investor_id" bigint NOT NULL,
	"units" bigint NOT NULL,
	"cost_minor" bigint NOT NULL,
	"refund_minor" bigint NOT NULL,
	"offering_id" integer NOT NULL,
	"chunk" integer NOT NULL,
	"extra_lots" integer NOT NULL,
	CONSTRAINT "allotments_investor_id_offering_id_pk" PRIMARY KEY("investor_id","offering_id"),
	CONSTRAINT "allotments_not_negative" CHECK ("allotments"."units" >= 0 and "allotments"."cost_minor" >= 0 and "allotments"."refund_minor" >= 0),
	CONSTRAINT "allotments_cost" CHECK (("allotments"."units" = 0) = ("allotments"."cost_minor" = 0))
) PARTITION BY LIST ("offering_id");
--> statement-breakpoint
CREATE TABLE "applicants" (
	"investor_id" bigint NOT NULL,
	"units" bigint NOT NULL,
	"subscribed_units" bigint NOT NULL,
	"reserved_minor" bigint NOT NULL,
	"offering_id" integer NOT NULL,
	"pseudonym" "bytea" NOT NULL,
	CONSTRAINT "applicants_investor_id_offering_id_pk" PRIMARY KEY("investor_id","offering_id"),
	CONSTRAINT "applicants_units" CHECK ("applicants"."units" between 0 and "applicants"."subscribed_units" and "applicants"."reserved_minor" > 0)
) PARTITION BY LIST ("offering_id");
--> statement-breakpoint
CREATE TABLE "draw_commitments" (
	"offering_id" integer NOT NULL,
	"side" "country" NOT NULL,
	"commitment_sha256" text NOT NULL,
	"committed_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"secret" text,
	"revealed_at" timestamp with time zone,
	CONSTRAINT "draw_commitments_offering_id_side_pk" PRIMARY KEY("offering_id","side"),
	CONSTRAINT "draw_commitments_sha256" CHECK ("draw_commitments"."commitment_sha256" ~ '^[0-9a-f]{64}$'),
	CONSTRAINT "draw_commitments_revealed" CHECK (("draw_commitments"."secret" is null) = ("draw_commitments"."revealed_at" is null))
);
--> statement-breakpoint
CREATE TABLE "draws" (
	"offering_id" integer PRIMARY KEY NOT NULL,
	"salt" "bytea" NOT NULL,
	"applicants" integer NOT NULL,
	"applied_units" bigint NOT NULL,
	"list_sha256" text NOT NULL,
	"listed_at" timestamp with time zone NOT NULL,
	"reveal_deadline" timestamp with time zone NOT NULL,
	"beacon" text NOT NULL,
	"pulse_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscription_acts" (
	"investor_id" bigint NOT NULL,
	"key" uuid NOT NULL,
	"subscription_key" uuid NOT NULL,
	"asked" bigint NOT NULL,
	"units" bigint NOT NULL,
	"reserved_minor" bigint NOT NULL,
	"delta_minor" bigint NOT NULL,
	"price" bigint NOT NULL,
	"journal_id" bigint,
	"at" timestamp with time zone NOT NULL,
	"terms_version" integer NOT NULL,
	"act" "subscription_act" NOT NULL,
	"kind" "order_kind" NOT NULL,
	CONSTRAINT "subscription_acts_investor_id_key_pk" PRIMARY KEY("investor_id","key"),
	CONSTRAINT "subscription_acts_journal" CHECK (("subscription_acts"."delta_minor" = 0) = ("subscription_acts"."journal_id" is null)),
	CONSTRAINT "subscription_acts_not_negative" CHECK ("subscription_acts"."units" >= 0 and "subscription_acts"."reserved_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"investor_id" bigint NOT NULL,
	"key" uuid NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "subscriptions_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 100),
	"units" bigint NOT NULL,
	"reserved_minor" bigint NOT NULL,
	"price" bigint NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"offering_id" integer NOT NULL,
	"terms_version" integer NOT NULL,
	"state" "subscription_state" NOT NULL,
	"locale" "locale" NOT NULL,
	"class_id" smallint NOT NULL,
	CONSTRAINT "subscriptions_investor_id_key_pk" PRIMARY KEY("investor_id","key"),
	CONSTRAINT "subscriptions_positive" CHECK ("subscriptions"."units" > 0 and "subscriptions"."reserved_minor" > 0 and "subscriptions"."price" > 0)
);
--> statement-breakpoint
CREATE TABLE "window_demand" (
	"offering_id" integer PRIMARY KEY NOT NULL,
	"applicants" integer NOT NULL,
	"units" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "offerings" ADD COLUMN "upsize_units" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "offerings" ADD COLUMN "show_demand" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "offerings" ADD COLUMN "reveal_deadline" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "offerings" ADD COLUMN "withdraw_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "allotment_runs" ADD CONSTRAINT "allotment_runs_offering_id_offerings_id_fk" FOREIGN KEY ("offering_id") REFERENCES "public"."offerings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draw_commitments" ADD CONSTRAINT "draw_commitments_offering_id_offerings_id_fk" FOREIGN KEY ("offering_id") REFERENCES "public"."offerings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draws" ADD CONSTRAINT "draws_offering_id_offerings_id_fk" FOREIGN KEY ("offering_id") REFERENCES "public"."offerings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "window_demand" ADD CONSTRAINT "window_demand_offering_id_offerings_id_fk" FOREIGN KEY ("offering_id") REFERENCES "public"."offerings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "subscriptions_offering" ON "subscriptions" USING btree ("offering_id","investor_id");--> statement-breakpoint
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_upsize" CHECK ("offerings"."upsize_units" >= 0 and ("offerings"."upsize_units" = 0 or "offerings"."method" <> 'FIRST_COME') and "offerings"."reveal_deadline" > "offerings"."closes_at");