/** The production build that the end-to-end tests use, as a step of `npm test` of its own. */
import setup from '@/e2e/fixtures/build';

const end = await setup();
await end();
