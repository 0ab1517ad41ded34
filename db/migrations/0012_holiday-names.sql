ALTER TABLE "market_holidays" ADD COLUMN "name_en" text DEFAULT 'Market closure' NOT NULL;--> statement-breakpoint
ALTER TABLE "market_holidays" ADD COLUMN "name_ja" text DEFAULT '臨時休業日' NOT NULL;