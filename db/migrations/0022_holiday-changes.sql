ALTER TYPE "public"."proposal_kind" ADD VALUE 'HOLIDAY_CHANGE';--> statement-breakpoint
CREATE TABLE "holiday_changes" (
	"proposal_id" uuid PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"country" "country" NOT NULL,
	"day" date NOT NULL,
	"change" text NOT NULL,
	"name_en" text NOT NULL,
	"name_ja" text NOT NULL,
	"reason_en" text NOT NULL,
	"reason_ja" text NOT NULL,
	"at" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "holiday_changes_change" CHECK ("holiday_changes"."change" in ('ADD', 'REMOVE'))
);
--> statement-breakpoint
CREATE TABLE "holiday_notices" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "holiday_notices_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"proposal_id" uuid NOT NULL,
	"class_id" smallint NOT NULL,
	"about" text NOT NULL,
	"buys" boolean NOT NULL,
	"since" date NOT NULL,
	"from_day" date NOT NULL,
	"to_day" date NOT NULL,
	"money_from" date,
	"money_to" date,
	"last_order" bigint NOT NULL,
	"told_up_to" bigint DEFAULT 0 NOT NULL,
	"told" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "holiday_notices_about" CHECK (case "holiday_notices"."about" when 'ORDER' then "holiday_notices"."from_day" <> "holiday_notices"."to_day" when 'MONEY' then "holiday_notices"."from_day" = "holiday_notices"."to_day" and "holiday_notices"."money_from" <> "holiday_notices"."money_to"
        when 'PLAN' then "holiday_notices"."from_day" <> "holiday_notices"."to_day" and "holiday_notices"."money_to" is null else false end)
);
--> statement-breakpoint
ALTER TABLE "holiday_changes" ADD CONSTRAINT "holiday_changes_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holiday_notices" ADD CONSTRAINT "holiday_notices_proposal_id_holiday_changes_proposal_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."holiday_changes"("proposal_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "holiday_notices_open" ON "holiday_notices" USING btree ("id") WHERE "holiday_notices"."finished_at" is null;