export const root: string;
export class StartError extends Error {}
export function isRoot(): boolean;
export function isAlive(pid: number): boolean;
export function stateDirectory(): string;
export function secret(name: string, bytes?: number): string;
export function authSecret(): string;
