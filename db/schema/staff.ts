/** Staff: who runs the fund (DOMAIN §11). Role and side stand in `users`; who the human being is stands here. */
import { index, pgTable, pgView, text, uuid } from 'drizzle-orm/pg-core';
import { countryEnum, instant, integer8, localeEnum, roleEnum } from './columns';
import { users } from './people';

/** One row a member of staff's account. An account of staff without one can do nothing. */
export const staff = pgTable(
  'staff',
  {
    userId: integer8('user_id')
      .primaryKey()
      .references(() => users.id),
    /** The human being: two accounts of one person have the same, and count once where two people are needed. */
    personId: uuid('person_id').notNull(),
    /** As colleagues know them. Public pages never show it: they name the side alone. */
    displayName: text('display_name').notNull(),
  },
  (t) => [index('staff_person').on(t.personId)],
);

/** Accounts as staff see them, without hashes (db/functions/people-staff.sql). Empty outside `withStaff`. */
export const staffAccounts = pgView('staff_accounts', {
  userId: integer8('user_id').notNull(),
  email: text('email').notNull(),
  emailVerifiedAt: instant('email_verified_at'),
  role: roleEnum('role').notNull(),
  side: countryEnum('side'),
  locale: localeEnum('locale').notNull(),
  createdAt: instant('created_at').notNull(),
}).existing();
