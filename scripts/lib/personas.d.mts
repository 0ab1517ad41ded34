export type Persona = {
  id: number;
  email: string;
  locale: 'en' | 'ja';
  who: string;
  role?: 'OPERATOR' | 'AUDITOR';
  side?: 'US' | 'JP';
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
  | 'auditor';
export declare const DEMO_PASSWORD: string;
export declare const DEMO_PASSWORD_HASH: string;
export declare const PERSONAS: Record<PersonaName, Persona>;
