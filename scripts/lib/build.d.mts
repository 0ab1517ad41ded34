export function isBuilt(distDir: string): boolean;
export function ensureBuilt(
  env: Record<string, string>,
  distDir: string,
  say: (line: string) => void,
): Promise<boolean>;
