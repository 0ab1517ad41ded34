CREATE TYPE "public"."switch_part_state" AS ENUM('HELD', 'CARRIED', 'RELEASED', 'REDEALT');--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'SWITCH_HELD' BEFORE 'REVERSAL';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'SWITCH_FREED' BEFORE 'REVERSAL';--> statement-breakpoint
CREATE TABLE "switch_parts" (
	"investor_id" bigint NOT NULL,
	"key" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"to_amount_minor" bigint,
	"held_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"told_at" timestamp with time zone,
	"held_journal_id" bigint NOT NULL,
	"freed_journal_id" bigint,
	"order_key" uuid,
	"conversion_key" uuid,
	"dealing_date" date NOT NULL,
	"class_id" smallint NOT NULL,
	"revision" smallint NOT NULL,
	"state" "switch_part_state" NOT NULL,
	"reason" text,
	CONSTRAINT "switch_parts_investor_id_key_dealing_date_revision_pk" PRIMARY KEY("investor_id","key","dealing_date","revision"),
	CONSTRAINT "switch_parts_positive" CHECK ("switch_parts"."amount_minor" > 0 and "switch_parts"."to_amount_minor" > 0),
	CONSTRAINT "switch_parts_ended" CHECK (("switch_parts"."state" = 'HELD') = ("switch_parts"."ended_at" is null) and ("switch_parts"."state" = 'HELD') = ("switch_parts"."freed_journal_id" is null)),
	CONSTRAINT "switch_parts_outcome" CHECK (("switch_parts"."state" = 'CARRIED') = ("switch_parts"."order_key" is not null) and ("switch_parts"."state" = 'CARRIED') = ("switch_parts"."to_amount_minor" is not null)
        and ("switch_parts"."state" = 'RELEASED') = ("switch_parts"."reason" is not null) and ("switch_parts"."conversion_key" is null or "switch_parts"."state" = 'CARRIED'))
);
--> statement-breakpoint
CREATE TABLE "switches" (
	"investor_id" bigint NOT NULL,
	"key" uuid NOT NULL,
	"asked" bigint,
	"to_class_id" smallint NOT NULL,
	CONSTRAINT "switches_investor_id_key_pk" PRIMARY KEY("investor_id","key"),
	CONSTRAINT "switches_asked" CHECK ("switches"."asked" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX "switch_parts_one" ON "switch_parts" USING btree ("investor_id","key","dealing_date") WHERE "switch_parts"."state" <> 'REDEALT';--> statement-breakpoint
CREATE UNIQUE INDEX "switch_parts_order" ON "switch_parts" USING btree ("investor_id","order_key");--> statement-breakpoint
CREATE INDEX "switch_parts_held" ON "switch_parts" USING btree ("investor_id","class_id","dealing_date") WHERE "switch_parts"."state" = 'HELD';--> statement-breakpoint
CREATE INDEX "switch_parts_untold" ON "switch_parts" USING btree ("investor_id") WHERE "switch_parts"."told_at" is null and "switch_parts"."state" in ('CARRIED', 'RELEASED');