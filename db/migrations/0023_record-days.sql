CREATE TABLE "class_record_days" (
	"class_id" smallint NOT NULL,
	"month" smallint NOT NULL,
	"day" smallint NOT NULL,
	"since" date NOT NULL,
	CONSTRAINT "class_record_days_class_id_month_day_pk" PRIMARY KEY("class_id","month","day"),
	CONSTRAINT "class_record_days_exist" CHECK ("class_record_days"."month" between 1 and 12 and "class_record_days"."day" between 1 and 31)
);
--> statement-breakpoint
ALTER TABLE "class_record_days" ADD CONSTRAINT "class_record_days_class_id_unit_classes_id_fk" FOREIGN KEY ("class_id") REFERENCES "public"."unit_classes"("id") ON DELETE no action ON UPDATE no action;