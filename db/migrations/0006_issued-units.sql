ALTER TABLE "offerings" DROP CONSTRAINT "offerings_countable";--> statement-breakpoint
ALTER TABLE "holdings" ADD COLUMN "issued_units" bigint;--> statement-breakpoint
UPDATE "holdings" SET "issued_units" = "units";--> statement-breakpoint
ALTER TABLE "holdings" ALTER COLUMN "issued_units" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "offerings" ADD CONSTRAINT "offerings_countable" CHECK ("offerings"."max_units"::numeric * "offerings"."price" <= 70000000000000000);--> statement-breakpoint
ALTER TABLE "holdings" ADD CONSTRAINT "holdings_issued" CHECK ("holdings"."issued_units" >= "holdings"."units");