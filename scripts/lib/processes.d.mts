export function site(port: number, host?: string): { args: string[]; env: Record<string, string> };
