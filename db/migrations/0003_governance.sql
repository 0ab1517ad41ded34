CREATE TYPE "public"."covenant_limit" AS ENUM('LEVERAGE', 'SECTOR_SHARE', 'STATE_SHARE', 'RETAIL_SHARE', 'PERSON_CAP', 'GATE');--> statement-breakpoint
CREATE TYPE "public"."proposal_kind" AS ENUM('OFFERING', 'OFFERING_CANCEL', 'ALLOTMENT', 'DOCUMENT_VERSION', 'INVESTOR_FREEZE', 'INVESTOR_UNFREEZE', 'ROLE_CHANGE', 'COVENANT');--> statement-breakpoint
CREATE TYPE "public"."proposal_state" AS ENUM('OPEN', 'EXECUTED', 'REJECTED', 'WITHDRAWN', 'EXPIRED');--> statement-breakpoint
CREATE TYPE "public"."revision_reason" AS ENUM('PROPOSED', 'EDITED', 'SIGNER_CHANGED');--> statement-breakpoint
CREATE TABLE "covenant_limits" (
	"fund_id" smallint NOT NULL,
	"name" "covenant_limit" NOT NULL,
	"value_e4" bigint NOT NULL,
	"since" timestamp with time zone DEFAULT app_now() NOT NULL,
	CONSTRAINT "covenant_limits_fund_id_name_pk" PRIMARY KEY("fund_id","name"),
	CONSTRAINT "covenant_limits_range" CHECK ("covenant_limits"."value_e4" between 0 and 100000)
);
--> statement-breakpoint
CREATE TABLE "log_checkpoints" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"sha256" text NOT NULL,
	"published_at" timestamp with time zone DEFAULT app_now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operator_log" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"previous_sha256" text NOT NULL,
	"sha256" text NOT NULL,
	"kind" text NOT NULL,
	"side" "country",
	"at" timestamp with time zone NOT NULL,
	"content_sha256" text NOT NULL,
	"salt" uuid NOT NULL,
	"actor" bigint,
	"subject" text NOT NULL,
	"payload" text NOT NULL,
	CONSTRAINT "operator_log_sha256" UNIQUE("sha256"),
	CONSTRAINT "operator_log_kind" CHECK ("operator_log"."kind" ~ '^[A-Z][A-Z_]*$' and "operator_log"."subject" ~ '^[a-z-]+:[^
]+$')
);
--> statement-breakpoint
CREATE TABLE "proposal_revisions" (
	"proposal_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"payload" text NOT NULL,
	"sha256" text NOT NULL,
	"reason" "revision_reason" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"log" bigint NOT NULL,
	CONSTRAINT "proposal_revisions_proposal_id_revision_pk" PRIMARY KEY("proposal_id","revision"),
	CONSTRAINT "proposal_revisions_log" UNIQUE("log"),
	CONSTRAINT "proposal_revisions_sha256" CHECK ("proposal_revisions"."sha256" = encode(sha256(convert_to("proposal_revisions"."payload", 'UTF8')), 'hex'))
);
--> statement-breakpoint
CREATE TABLE "proposal_signatures" (
	"proposal_id" uuid NOT NULL,
	"revision" integer NOT NULL,
	"side" "country" NOT NULL,
	"person_id" uuid NOT NULL,
	"user_id" bigint NOT NULL,
	"sha256" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"log" bigint NOT NULL,
	CONSTRAINT "proposal_signatures_proposal_id_revision_side_pk" PRIMARY KEY("proposal_id","revision","side"),
	CONSTRAINT "proposal_signatures_log" UNIQUE("log"),
	CONSTRAINT "proposal_signatures_person" UNIQUE("proposal_id","revision","person_id")
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" integer NOT NULL,
	"kind" "proposal_kind" NOT NULL,
	"state" "proposal_state" NOT NULL,
	"revision" integer NOT NULL,
	"subject" text NOT NULL,
	"concerns_user_id" bigint,
	"proposer" bigint NOT NULL,
	"proposer_person" uuid NOT NULL,
	"proposer_side" "country",
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_by" bigint,
	"closed_reason" text,
	"outcome" jsonb,
	"closed_log" bigint,
	CONSTRAINT "proposals_number" UNIQUE("number"),
	CONSTRAINT "proposals_closed_log" UNIQUE("closed_log"),
	CONSTRAINT "proposals_closed" CHECK (("proposals"."state" = 'OPEN') = ("proposals"."closed_at" is null) and ("proposals"."closed_at" is null) = ("proposals"."closed_log" is null))
);
--> statement-breakpoint
ALTER TABLE "covenant_limits" ADD CONSTRAINT "covenant_limits_fund_id_funds_id_fk" FOREIGN KEY ("fund_id") REFERENCES "public"."funds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "log_checkpoints" ADD CONSTRAINT "log_checkpoints_sequence_operator_log_sequence_fk" FOREIGN KEY ("sequence") REFERENCES "public"."operator_log"("sequence") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_log" ADD CONSTRAINT "operator_log_actor_users_id_fk" FOREIGN KEY ("actor") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_revisions" ADD CONSTRAINT "proposal_revisions_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_revisions" ADD CONSTRAINT "proposal_revisions_log_operator_log_sequence_fk" FOREIGN KEY ("log") REFERENCES "public"."operator_log"("sequence") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_signatures" ADD CONSTRAINT "proposal_signatures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_signatures" ADD CONSTRAINT "proposal_signatures_log_operator_log_sequence_fk" FOREIGN KEY ("log") REFERENCES "public"."operator_log"("sequence") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposal_signatures" ADD CONSTRAINT "proposal_signatures_revision" FOREIGN KEY ("proposal_id","revision") REFERENCES "public"."proposal_revisions"("proposal_id","revision") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_proposer_users_id_fk" FOREIGN KEY ("proposer") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_closed_by_users_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_closed_log_operator_log_sequence_fk" FOREIGN KEY ("closed_log") REFERENCES "public"."operator_log"("sequence") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "operator_log_subject" ON "operator_log" USING btree ("subject","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_one_open" ON "proposals" USING btree ("kind","subject") WHERE "proposals"."state" = 'OPEN';