/**
 * The demonstration people: what `npm start` prints, what the seed makes, who the end-to-end tests sign in as. The password is public on
 * purpose; with SIMULATION=off nothing is seeded.
 */
export const DEMO_PASSWORD = 'lanterns-over-the-bay';

/**
 * DEMO_PASSWORD under Argon2id (19 MiB, t = 2), with a salt that never changes, so that the seed is the same on every machine and costs no
 * hashing. A person's own hash always has a salt of its own.
 */
export const DEMO_PASSWORD_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$d2FrYWNoaS1kZW1vLXNhbHQ$ZfQqGQBtY0l+xig9u8R6ermfMGqPHWTgxPMHgv+24Bs';

/**
 * What the authenticator app of every member of staff of the demonstration was given (base32): one entry in a tester's app serves them all. As
 * public as the password; `npm run code` and the page /demo-codes show its code.
 */
export const DEMO_TOTP_SECRET = 'WAKACHIDEMOWAKACHIDEMOWAKACHIDEM';

/** `who` is the line for the terminal; `id` is the account's number in the seeded database; `name` is what a member of staff is called. */
export const PERSONAS = {
  american: { id: 1, email: 'emily.carter@example.com', locale: 'en', who: 'American with cash, orders and units' },
  japanese: { id: 2, email: 'misaki.takahashi@example.jp', locale: 'ja', who: '資産と取引履歴のある日本の方' },
  newAmerican: { id: 3, email: 'marcus.nguyen@example.com', locale: 'en', who: 'American who has just signed up' },
  newJapanese: { id: 4, email: 'kenta.tanaka@example.jp', locale: 'ja', who: '登録したばかりの日本の方' },
  underReview: {
    id: 5,
    email: 'yu.watanabe@example.com',
    locale: 'ja',
    who: '本人確認が審査中の方',
  },
  refused: {
    id: 6,
    email: 'grace.bennett@example.com',
    locale: 'en',
    who: 'American whose identity check was refused',
  },
  thirdCountry: {
    id: 7,
    email: 'lena.fischer@example.com',
    locale: 'en',
    who: 'Resident of Germany: may look, not buy',
  },
  usOperator: {
    id: 8,
    email: 'helen.brooks@treasury.example',
    locale: 'en',
    who: 'Operator for the US side',
    role: 'OPERATOR',
    side: 'US',
    name: 'Helen Brooks',
  },
  jpOperator: {
    id: 9,
    email: 'naoki.yamamoto@mof.example',
    locale: 'ja',
    who: '日本側の運営担当者',
    role: 'OPERATOR',
    side: 'JP',
    name: '山本 直樹',
  },
  auditor: {
    id: 10,
    email: 'noor.haddad@audit.example',
    locale: 'en',
    who: 'Auditor: reads everything',
    role: 'AUDITOR',
    name: 'Noor Haddad',
  },
  usOperator2: {
    id: 11,
    email: 'daniel.reyes@treasury.example',
    locale: 'en',
    who: 'Second operator for the US side',
    role: 'OPERATOR',
    side: 'US',
    name: 'Daniel Reyes',
  },
  jpOperator2: {
    id: 12,
    email: 'kaori.mori@mof.example',
    locale: 'ja',
    who: '日本側の2人目の運営担当者',
    role: 'OPERATOR',
    side: 'JP',
    name: '森 香織',
  },
  manager: {
    id: 13,
    email: 'sofia.lindqvist@manager.example',
    locale: 'en',
    who: 'Manager: proposes, approves nothing',
    role: 'MANAGER',
    name: 'Sofia Lindqvist',
  },
  support: {
    id: 14,
    email: 'ryo.ishikawa@support.example',
    locale: 'ja',
    who: 'お客さま窓口の担当者',
    role: 'SUPPORT',
    name: '石川 涼',
  },
  moved: {
    id: 15,
    email: 'sho.nakamura@example.com',
    locale: 'ja',
    who: '米国で購入した後、日本に転居した方',
  },
};
