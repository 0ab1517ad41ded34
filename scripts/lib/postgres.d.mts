export type ClusterName = 'dev' | 'test' | 'faults';
export type Cluster = {
  name: string;
  port: number;
  pid: number;
  data: string;
  started: boolean;
  ownerUrl(database: string): string;
  superUrl(database?: string): string;
  stop(): Promise<boolean>;
};
export const OWNER: string;
export function startCluster(name?: ClusterName): Promise<Cluster>;
export function stopCluster(name?: ClusterName): Promise<boolean>;
export function ensureDatabase(cluster: Cluster, database: string): Promise<{ created: boolean; url: string }>;
export function dropDatabase(cluster: Cluster, database: string): Promise<void>;
