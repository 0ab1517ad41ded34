CREATE TABLE "market_holidays" (
	"country" "country" NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "market_holidays_country_day_pk" PRIMARY KEY("country","day")
);
--> statement-breakpoint
CREATE TABLE "document_notices" (
	"offering_id" integer NOT NULL,
	"document_version_id" integer NOT NULL,
	"terms_version" integer NOT NULL,
	"at" timestamp with time zone DEFAULT app_now() NOT NULL,
	"told_up_to" bigint DEFAULT 0 NOT NULL,
	"told" integer DEFAULT 0 NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "document_notices_offering_id_document_version_id_pk" PRIMARY KEY("offering_id","document_version_id")
);
--> statement-breakpoint
ALTER TABLE "document_notices" ADD CONSTRAINT "document_notices_offering_id_offerings_id_fk" FOREIGN KEY ("offering_id") REFERENCES "public"."offerings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "document_notices" ADD CONSTRAINT "document_notices_document_version_id_document_versions_id_fk" FOREIGN KEY ("document_version_id") REFERENCES "public"."document_versions"("id") ON DELETE no action ON UPDATE no action;