import { existsSync } from 'node:fs';
import { chromium, defineConfig } from '@playwright/test';
import { machinesBrowser } from './scripts/lib/browser.mjs';

/** Playwright's own browser if it is there; otherwise the machine's (docs/testing.md). */
const executablePath = existsSync(chromium.executablePath()) ? undefined : machinesBrowser();

/**
 * A whole Chromium loads the page of its address bar's suggestions with every window, which is more work than most of our pages. Of two lists of
 * features the last one counts, so Playwright's own stands here again, as far as it changes what pages do.
 */
const FEATURES_OFF = [
  'WebUIOmniboxAimPopup',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'PreconnectToSearch',
];
const isWhole = executablePath !== undefined && !executablePath.includes('headless-shell');

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
        ...(isWhole ? [`--disable-features=${FEATURES_OFF.join(',')}`] : []),
      ],
    },
  },
  projects: [
    { name: 'e2e', testMatch: '**/*.spec.ts' },
    // Not tests: `npm run pictures` takes every page for people to look at.
    { name: 'pictures', testMatch: 'pictures/*.take.ts' },
  ],
});
