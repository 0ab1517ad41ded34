CREATE TABLE "clock_runs" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "clock_runs_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"from_at" timestamp with time zone NOT NULL,
	"to_at" timestamp with time zone NOT NULL,
	"stands_at" timestamp with time zone NOT NULL,
	"kinds" text[] DEFAULT '{}' NOT NULL,
	"events" integer DEFAULT 0 NOT NULL,
	"then_mode" "clock_mode" DEFAULT 'STEPPED' NOT NULL,
	"started_at" timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
	"finished_at" timestamp with time zone,
	"fence" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "clock_runs_forward" CHECK ("clock_runs"."to_at" >= "clock_runs"."from_at" and "clock_runs"."stands_at" between "clock_runs"."from_at" and "clock_runs"."to_at"),
	CONSTRAINT "clock_runs_then" CHECK ("clock_runs"."then_mode" in ('STEPPED', 'REAL'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX "clock_runs_one_under_way" ON "clock_runs" USING btree ((true)) WHERE "clock_runs"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "investors_suitability_ends" ON "investors" USING btree ("suitability_expires_at") WHERE "investors"."status" = 'ELIGIBLE';--> statement-breakpoint
CREATE INDEX "investors_in_review" ON "investors" USING btree ("investor_id") WHERE "investors"."identity_state" = 'IN_REVIEW';