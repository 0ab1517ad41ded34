ALTER TYPE "public"."journal_kind" ADD VALUE 'OFFERING_REFUND' BEFORE 'SUBSCRIPTION_RESERVED';--> statement-breakpoint
CREATE TABLE "sale_refund_chunks" (
	"first_investor" bigint NOT NULL,
	"last_investor" bigint NOT NULL,
	"journal_id" bigint NOT NULL,
	"offering_id" integer NOT NULL,
	"chunk" integer NOT NULL,
	CONSTRAINT "sale_refund_chunks_offering_id_chunk_pk" PRIMARY KEY("offering_id","chunk")
);
--> statement-breakpoint
CREATE TABLE "sale_refunds" (
	"offering_id" integer PRIMARY KEY NOT NULL,
	"proposal_id" uuid,
	"chunk_people" integer NOT NULL,
	"chunks_done" integer DEFAULT 0 NOT NULL,
	"buyers" integer NOT NULL,
	"units" bigint NOT NULL,
	"amount_minor" bigint NOT NULL,
	"refunded_up_to" bigint DEFAULT 0 NOT NULL,
	"refunded_buyers" integer DEFAULT 0 NOT NULL,
	"refunded_units" bigint DEFAULT 0 NOT NULL,
	"refunded_minor" bigint DEFAULT 0 NOT NULL,
	"started_at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"finished_at" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp with time zone,
	CONSTRAINT "sale_refunds_finished" CHECK ("sale_refunds"."finished_at" is null or ("sale_refunds"."refunded_buyers" = "sale_refunds"."buyers" and "sale_refunds"."refunded_units" = "sale_refunds"."units" and "sale_refunds"."refunded_minor" = "sale_refunds"."amount_minor"))
);
--> statement-breakpoint
ALTER TABLE "sale_refunds" ADD CONSTRAINT "sale_refunds_offering_id_offerings_id_fk" FOREIGN KEY ("offering_id") REFERENCES "public"."offerings"("id") ON DELETE no action ON UPDATE no action;