CREATE TYPE "public"."project_sector" AS ENUM('COMPUTING', 'CHIPS', 'POWER', 'GRID', 'TRANSPORT');--> statement-breakpoint
CREATE TABLE "projects" (
	"id" smallint PRIMARY KEY NOT NULL,
	"fund_id" smallint NOT NULL,
	"slug" text NOT NULL,
	"name_en" text NOT NULL,
	"name_ja" text NOT NULL,
	"sector" "project_sector" NOT NULL,
	"us_state" char(2) NOT NULL,
	"committed_usd_minor" bigint NOT NULL,
	"paid_usd_minor" bigint NOT NULL,
	"committed_on" date NOT NULL,
	CONSTRAINT "projects_slug_unique" UNIQUE("slug"),
	CONSTRAINT "projects_paid_of_committed" CHECK ("projects"."committed_usd_minor" > 0 and "projects"."paid_usd_minor" between 0 and "projects"."committed_usd_minor")
);
--> statement-breakpoint
ALTER TABLE "projects" ADD CONSTRAINT "projects_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "projects_fund" ON "projects" USING btree ("fund_id");