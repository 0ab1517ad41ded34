CREATE TYPE "public"."dealing_act" AS ENUM('PLACED', 'CANCELLED');--> statement-breakpoint
CREATE TYPE "public"."dealing_kind" AS ENUM('BUY_AMOUNT', 'BUY_UNITS', 'SELL_UNITS', 'SELL_ALL', 'SWITCH');--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'DEALING_RESERVED' BEFORE 'REVERSAL';--> statement-breakpoint
ALTER TYPE "public"."journal_kind" ADD VALUE 'DEALING_RELEASED' BEFORE 'REVERSAL';--> statement-breakpoint
CREATE TABLE "dealing_acts" (
	"investor_id" bigint NOT NULL,
	"key" uuid NOT NULL,
	"order_key" uuid NOT NULL,
	"asked" bigint NOT NULL,
	"delta_minor" bigint NOT NULL,
	"delta_units" bigint NOT NULL,
	"journal_id" bigint,
	"at" timestamp with time zone NOT NULL,
	"dealing_date" date NOT NULL,
	"act" "dealing_act" NOT NULL,
	"kind" "dealing_kind" NOT NULL,
	"class_id" smallint NOT NULL,
	CONSTRAINT "dealing_acts_investor_id_key_pk" PRIMARY KEY("investor_id","key"),
	CONSTRAINT "dealing_acts_journal" CHECK (("dealing_acts"."delta_minor" = 0) = ("dealing_acts"."journal_id" is null)),
	CONSTRAINT "dealing_acts_one_thing" CHECK (("dealing_acts"."delta_minor" = 0) <> ("dealing_acts"."delta_units" = 0))
);
--> statement-breakpoint
CREATE TABLE "dealing_orders" (
	"investor_id" bigint NOT NULL,
	"key" uuid NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "dealing_orders_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"asked" bigint NOT NULL,
	"reserved_minor" bigint NOT NULL,
	"reserved_units" bigint NOT NULL,
	"estimate_price" bigint,
	"cut_off_at" timestamp with time zone NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"dealing_date" date NOT NULL,
	"prospectus_id" integer NOT NULL,
	"kind" "dealing_kind" NOT NULL,
	"state" "order_state" NOT NULL,
	"locale" "locale" NOT NULL,
	"class_id" smallint NOT NULL,
	CONSTRAINT "dealing_orders_investor_id_key_pk" PRIMARY KEY("investor_id","key"),
	CONSTRAINT "dealing_orders_not_negative" CHECK ("dealing_orders"."reserved_minor" >= 0 and "dealing_orders"."reserved_units" >= 0),
	CONSTRAINT "dealing_orders_reserved" CHECK (case when "dealing_orders"."state" in ('ACCEPTED', 'CUT_OFF') then ("dealing_orders"."reserved_minor" > 0) <> ("dealing_orders"."reserved_units" > 0)
        when "dealing_orders"."state" = 'PRICED' then "dealing_orders"."reserved_units" = 0
        else "dealing_orders"."reserved_minor" = 0 and "dealing_orders"."reserved_units" = 0 end),
	CONSTRAINT "dealing_orders_kind" CHECK (case when "dealing_orders"."kind" in ('BUY_AMOUNT', 'BUY_UNITS') then "dealing_orders"."reserved_units" = 0 else "dealing_orders"."reserved_minor" = 0 end),
	CONSTRAINT "dealing_orders_asked" CHECK (("dealing_orders"."asked" > 0) = ("dealing_orders"."kind" <> 'SELL_ALL') and "dealing_orders"."asked" >= 0),
	CONSTRAINT "dealing_orders_estimate" CHECK (("dealing_orders"."estimate_price" > 0) is not distinct from (case "dealing_orders"."kind" when 'BUY_UNITS' then true end)),
	CONSTRAINT "dealing_orders_in_time" CHECK ("dealing_orders"."placed_at" < "dealing_orders"."cut_off_at")
);
--> statement-breakpoint
ALTER TABLE "unit_classes" ADD COLUMN "dealing_from" date;--> statement-breakpoint
CREATE INDEX "dealing_orders_waiting" ON "dealing_orders" USING btree ("class_id","dealing_date","number") WHERE "dealing_orders"."state" in ('ACCEPTED', 'CUT_OFF');