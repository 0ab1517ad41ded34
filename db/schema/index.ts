export * from './columns';
export * from './fund';
export * from './governance';
export * from './ledger';
export * from './people';
export * from './portfolio';
export * from './staff';
export * from './system';
