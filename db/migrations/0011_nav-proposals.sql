ALTER TYPE "public"."proposal_kind" ADD VALUE 'NAV_PUBLICATION';--> statement-breakpoint
ALTER TYPE "public"."proposal_kind" ADD VALUE 'NAV_CORRECTION';