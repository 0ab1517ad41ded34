import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const resolve = { alias: { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') } };
const exclude = ['**/node_modules/**', '**/.next*/**', 'e2e/**'];

const faults = '{db,tests}/faults/*.db.test.ts';

/** Each file has a process and a database of its own. */
const database = {
  globalSetup: ['./db/test-cluster.ts'],
  pool: 'forks' as const,
  testTimeout: 30_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  resolve,
  test: {
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [...exclude, '**/*.db.test.ts'],
        },
      },
      {
        resolve,
        test: {
          ...database,
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: [...exclude, faults],
          maxWorkers: 2,
          // After the unit tests, which keep both cores busy by themselves.
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve,
        test: {
          ...database,
          name: 'faults',
          include: [faults],
          exclude,
          // One at a time and last: they measure how long something takes to come back, and kill the server that they share.
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
