CREATE TYPE "public"."plan_act" AS ENUM('STARTED', 'CHANGED', 'PAUSED', 'RESUMED', 'ENDED');--> statement-breakpoint
CREATE TYPE "public"."plan_state" AS ENUM('ACTIVE', 'PAUSED', 'ENDED');--> statement-breakpoint
CREATE TABLE "savings_plan_acts" (
	"investor_id" bigint NOT NULL,
	"key" uuid NOT NULL,
	"plan_key" uuid NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "savings_plan_acts_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"amount_minor" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"class_id" smallint NOT NULL,
	"day_of_month" smallint NOT NULL,
	"act" "plan_act" NOT NULL,
	CONSTRAINT "savings_plan_acts_investor_id_key_pk" PRIMARY KEY("investor_id","key")
);
--> statement-breakpoint
CREATE TABLE "savings_plan_turns" (
	"investor_id" bigint NOT NULL,
	"plan_key" uuid NOT NULL,
	"month" date NOT NULL,
	"order_key" uuid NOT NULL,
	"amount_minor" bigint NOT NULL,
	"available_minor" bigint NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"planned_date" date NOT NULL,
	"day_of_month" smallint NOT NULL,
	"lapses" smallint NOT NULL,
	"lapse" text,
	CONSTRAINT "savings_plan_turns_investor_id_plan_key_month_pk" PRIMARY KEY("investor_id","plan_key","month"),
	CONSTRAINT "savings_plan_turns_month" CHECK (extract(day from "savings_plan_turns"."month") = 1),
	CONSTRAINT "savings_plan_turns_lapses" CHECK (("savings_plan_turns"."lapse" is null) = ("savings_plan_turns"."lapses" = 0) and "savings_plan_turns"."lapses" between 0 and 3)
);
--> statement-breakpoint
CREATE TABLE "savings_plans" (
	"investor_id" bigint NOT NULL,
	"key" uuid NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "savings_plans_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"amount_minor" bigint NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"next_month" date,
	"class_id" smallint NOT NULL,
	"day_of_month" smallint NOT NULL,
	"lapses" smallint DEFAULT 0 NOT NULL,
	"state" "plan_state" NOT NULL,
	"locale" "locale" NOT NULL,
	CONSTRAINT "savings_plans_investor_id_key_pk" PRIMARY KEY("investor_id","key"),
	CONSTRAINT "savings_plans_terms" CHECK ("savings_plans"."amount_minor" > 0 and "savings_plans"."day_of_month" between 1 and 31),
	CONSTRAINT "savings_plans_next" CHECK (("savings_plans"."next_month" is not null) = ("savings_plans"."state" = 'ACTIVE')),
	CONSTRAINT "savings_plans_lapses" CHECK ("savings_plans"."lapses" between 0 and case "savings_plans"."state" when 'ACTIVE' then 2 else 3 end)
);
--> statement-breakpoint
ALTER TABLE "dealing_acts" DROP CONSTRAINT "dealing_acts_one_thing";--> statement-breakpoint
ALTER TABLE "unit_classes" ADD COLUMN "plan_minimum_minor" bigint DEFAULT 1000 NOT NULL;--> statement-breakpoint
CREATE INDEX "savings_plan_acts_plan" ON "savings_plan_acts" USING btree ("investor_id","plan_key");--> statement-breakpoint
CREATE UNIQUE INDEX "savings_plan_turns_order" ON "savings_plan_turns" USING btree ("investor_id","order_key");--> statement-breakpoint
CREATE UNIQUE INDEX "savings_plans_one" ON "savings_plans" USING btree ("investor_id","class_id") WHERE "savings_plans"."state" <> 'ENDED';--> statement-breakpoint
CREATE INDEX "savings_plans_due" ON "savings_plans" USING btree ("class_id","next_month","day_of_month","investor_id") WHERE "savings_plans"."state" = 'ACTIVE';--> statement-breakpoint
ALTER TABLE "dealing_acts" ADD CONSTRAINT "dealing_acts_one_thing" CHECK (("dealing_acts"."delta_minor" = 0 or "dealing_acts"."delta_units" = 0)
        and ("dealing_acts"."delta_minor" <> 0 or "dealing_acts"."delta_units" <> 0 or "dealing_acts"."act" = 'PLACED' and "dealing_acts"."kind" = 'BUY_AMOUNT'));