/**
 * With `cacheComponents` Next prerenders every page, and a page that waits for the request comes out as a shell with nothing in it, which each
 * request then resumes. A resumed page has begun its answer (200) before it runs: it cannot redirect, cannot be "not found", and does not give a
 * form its refusals back when there is no script (the form state is not handed to the resumed render). So empty shells are struck from the
 * list of prerendered pages after the build; Next then renders those pages whole, on each request. docs/decisions/0009.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Strikes pages without a shell from the build in `distDir`; returns how many there were. */
export function renderPrivatePagesWhole(distDir) {
  const file = path.join(distDir, 'prerender-manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const empty = (entry) => entry?.response === 'empty';
  const ofLanguage = (route) => route.replace('/[locale]', '/en');
  // The page of any language (/[locale]/account) has a shell exactly if that of a language has one.
  const privateRoutes = Object.keys(manifest.dynamicRoutes).filter((route) => {
    const known = manifest.routes[ofLanguage(route)] ?? manifest.dynamicRoutes[ofLanguage(route)];
    const ofParameters = Object.keys(manifest.routes).some((made) => manifest.routes[made].srcRoute === route);
    return empty(known) && (!ofParameters || empty(manifest.routes[ofLanguage(route)]));
  });
  const privatePages = Object.keys(manifest.routes).filter((route) => empty(manifest.routes[route]));
  for (const route of privateRoutes) delete manifest.dynamicRoutes[route];
  for (const route of privatePages) delete manifest.routes[route];
  writeFileSync(file, JSON.stringify(manifest));
  return privatePages.length + privateRoutes.length;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) renderPrivatePagesWhole(process.env.NEXT_DIST_DIR ?? '.next');
