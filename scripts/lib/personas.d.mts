export type Persona = {
  id: number;
  email: string;
  locale: 'en' | 'ja';
  who: string;
  role?: 'OPERATOR' | 'MANAGER' | 'AUDITOR' | 'SUPPORT';
  side?: 'US' | 'JP';
  name?: string;
};
export type PersonaName =
  | 'american'
  | 'japanese'
  | 'newAmerican'
  | 'newJapanese'
  | 'underReview'
  | 'refused'
  | 'thirdCountry'
  | 'usOperator'
  | 'jpOperator'
  | 'auditor'
  | 'usOperator2'
  | 'jpOperator2'
  | 'manager'
  | 'support'
  | 'moved';
export declare const DEMO_PASSWORD: string;
export declare const DEMO_PASSWORD_HASH: string;
export declare const DEMO_TOTP_SECRET: string;
export declare const PERSONAS: Record<PersonaName, Persona>;
