CREATE TYPE "public"."hold_reason" AS ENUM('STALE', 'MISSING_RATE', 'NOT_POSITIVE', 'JUMP', 'OUT_OF_TOLERANCE');--> statement-breakpoint
CREATE TYPE "public"."valuation_source" AS ENUM('OPENING', 'MODEL', 'IMPORT', 'CORRECTION');--> statement-breakpoint
CREATE TYPE "public"."valuation_state" AS ENUM('STRUCK', 'CHECKED', 'HELD', 'PUBLISHED', 'SUPERSEDED');--> statement-breakpoint
ALTER TYPE "public"."covenant_limit" ADD VALUE 'NAV_TOLERANCE';--> statement-breakpoint
ALTER TYPE "public"."covenant_limit" ADD VALUE 'NAV_JUMP';--> statement-breakpoint
CREATE TABLE "valuation_classes" (
	"valuation_id" bigint NOT NULL,
	"class_id" smallint NOT NULL,
	"units" bigint NOT NULL,
	"net_assets_usd_minor" bigint NOT NULL,
	"net_assets_minor" bigint NOT NULL,
	"price" bigint NOT NULL,
	"model_price" bigint,
	"previous_price" bigint,
	CONSTRAINT "valuation_classes_valuation_id_class_id_pk" PRIMARY KEY("valuation_id","class_id")
);
--> statement-breakpoint
CREATE TABLE "valuation_marks" (
	"valuation_id" bigint NOT NULL,
	"project_id" smallint NOT NULL,
	"value_usd_minor" bigint NOT NULL,
	CONSTRAINT "valuation_marks_valuation_id_project_id_pk" PRIMARY KEY("valuation_id","project_id")
);
--> statement-breakpoint
CREATE TABLE "valuations" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "valuations_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"fund_id" smallint NOT NULL,
	"nav_date" date NOT NULL,
	"revision" integer NOT NULL,
	"state" "valuation_state" NOT NULL,
	"hold_reason" "hold_reason",
	"source" "valuation_source" NOT NULL,
	"model" text NOT NULL,
	"rule_version" integer NOT NULL,
	"as_of" timestamp with time zone NOT NULL,
	"jpy_per_usd_e4" bigint,
	"portfolio_usd_minor" bigint,
	"cash_usd_minor" bigint,
	"citizens_usd_minor" bigint,
	"citizens_jpy_minor" bigint,
	"debt_usd_minor" bigint,
	"fees_usd_minor" bigint,
	"net_assets_usd_minor" bigint,
	"owners_usd_minor" bigint,
	"base_id" bigint,
	"struck_at" timestamp with time zone NOT NULL,
	"checked_at" timestamp with time zone,
	"published_at" timestamp with time zone,
	"proposal_id" uuid,
	CONSTRAINT "valuations_revision" UNIQUE("fund_id","nav_date","revision"),
	CONSTRAINT "valuations_states" CHECK (case "valuations"."state" when 'STRUCK' then "valuations"."checked_at" is null and "valuations"."published_at" is null
        when 'CHECKED' then "valuations"."checked_at" is not null and "valuations"."published_at" is null and "valuations"."hold_reason" is null
        when 'HELD' then "valuations"."checked_at" is not null and "valuations"."published_at" is null and "valuations"."hold_reason" is not null
        when 'PUBLISHED' then "valuations"."published_at" is not null else true end),
	CONSTRAINT "valuations_published" CHECK ("valuations"."published_at" is null or ("valuations"."net_assets_usd_minor" > 0 and "valuations"."jpy_per_usd_e4" > 0
        and ("valuations"."hold_reason" is null or ("valuations"."hold_reason" in ('JUMP', 'OUT_OF_TOLERANCE') and "valuations"."proposal_id" is not null))
        and ("valuations"."source" <> 'CORRECTION' or "valuations"."proposal_id" is not null))),
	CONSTRAINT "valuations_balance" CHECK ("valuations"."net_assets_usd_minor" = "valuations"."portfolio_usd_minor" + "valuations"."cash_usd_minor" + "valuations"."citizens_usd_minor"
        + div("valuations"."citizens_jpy_minor"::numeric * 1000000, "valuations"."jpy_per_usd_e4") - "valuations"."debt_usd_minor" - "valuations"."fees_usd_minor")
);
--> statement-breakpoint
ALTER TABLE "nav_prices" ADD COLUMN "revision" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "nav_prices" DROP CONSTRAINT "nav_prices_positive";--> statement-breakpoint
ALTER TABLE "nav_prices" DROP CONSTRAINT "nav_prices_class_id_nav_date_pk";--> statement-breakpoint
ALTER TABLE "nav_prices" ADD CONSTRAINT "nav_prices_class_id_nav_date_revision_pk" PRIMARY KEY("class_id","nav_date","revision");--> statement-breakpoint
ALTER TABLE "funds" ADD COLUMN "trust_fee_e6" bigint DEFAULT 3000 NOT NULL;--> statement-breakpoint
ALTER TABLE "valuation_classes" ADD CONSTRAINT "valuation_classes_valuation_id_valuations_id_fk" FOREIGN KEY ("valuation_id") REFERENCES "public"."valuations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "valuation_classes" ADD CONSTRAINT "valuation_classes_class_id_unit_classes_id_fk" FOREIGN KEY ("class_id") REFERENCES "public"."unit_classes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "valuation_marks" ADD CONSTRAINT "valuation_marks_valuation_id_valuations_id_fk" FOREIGN KEY ("valuation_id") REFERENCES "public"."valuations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "valuation_marks" ADD CONSTRAINT "valuation_marks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "valuations" ADD CONSTRAINT "valuations_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "valuations" ADD CONSTRAINT "valuations_base_id_valuations_id_fk" FOREIGN KEY ("base_id") REFERENCES "public"."valuations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "valuations" ADD CONSTRAINT "valuations_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "valuations_one_in_force" ON "valuations" USING btree ("fund_id","nav_date") WHERE "valuations"."state" <> 'SUPERSEDED';--> statement-breakpoint
ALTER TABLE "nav_prices" ADD CONSTRAINT "nav_prices_positive" CHECK ("nav_prices"."price" > 0 and "nav_prices"."revision" > 0);