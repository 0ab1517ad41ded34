DROP INDEX "dealing_orders_waiting";--> statement-breakpoint
CREATE INDEX "dealing_orders_day" ON "dealing_orders" USING btree ("class_id","dealing_date","number");--> statement-breakpoint
CREATE INDEX "dealing_orders_redeemed" ON "dealing_orders" USING btree ("class_id","dealing_date") WHERE "dealing_orders"."reserved_units" > 0;