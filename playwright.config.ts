import { existsSync } from 'node:fs';
import { chromium, defineConfig } from '@playwright/test';

/** Playwright's own browser if it is there; otherwise the machine's (docs/testing.md). */
const installed = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (file) => file !== undefined && existsSync(file),
);
const executablePath = existsSync(chromium.executablePath()) ? undefined : installed;

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/fixtures/build.ts',
  outputDir: 'test-results',
  forbidOnly: true,
  // A test that passes at the second try has found something.
  retries: 0,
  workers: 2,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: process.env.CI ? [['dot'], ['html', { open: 'never' }]] : [['list'], ['html', { open: 'never' }]],
  use: {
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    // Tests name the language by its path; the browser's own must not decide anything that they do not mean.
    locale: 'en-US',
    timezoneId: 'America/New_York',
    launchOptions: {
      ...(executablePath && { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'e2e', testMatch: '**/*.spec.ts' },
    // Not tests: `npm run pictures` takes every page for people to look at.
    { name: 'pictures', testMatch: 'pictures/*.take.ts' },
  ],
});
