CREATE TABLE "staff" (
	"user_id" bigint PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"display_name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "staff" ADD CONSTRAINT "staff_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "staff_person" ON "staff" USING btree ("person_id");--> statement-breakpoint
INSERT INTO "staff" ("user_id", "person_id", "display_name") SELECT "id", gen_random_uuid(), "email" FROM "users" WHERE "role" <> 'CITIZEN';
