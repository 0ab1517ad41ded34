export function machinesBrowser(): string | undefined;
export function findBrowser(): string | null;
export function ensureBrowser(): Promise<string | null>;
