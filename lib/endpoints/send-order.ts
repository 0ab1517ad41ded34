/**
 * The address that the form of a review page posts to: origin, session, form, the service, and a redirect, which is all it ever answers with. It
 * knows nothing of Next, whose way of answering a form costs more than the order itself (decision 18); a route of Next calls it, and so does
 * the server in front.
 *
 * The address names what is ordered and under which key, like that of the review page; the body says what its reader saw and agreed to. So
 * whatever becomes of the request, nothing that was typed is lost on the way back.
 */
import { z } from 'zod';
import { isSameOrigin } from '@/lib/auth/same-origin';
import { sessionOfRequest } from '@/lib/auth/session-of-request';
import { wayBackFrom, wayBackFromOrder } from '@/lib/auth/way-back';
import { isComplete } from '@/lib/domain/people/factors';
import { LOCALES, type Locale, ORDER_KINDS } from '@/lib/domain/states';
import { localePath } from '@/lib/i18n/locale';
import { ok, type Result, refuse } from '@/lib/result';
import { type PlacedTicket, placeTicket } from '@/lib/services/place-ticket';
import { refuseWhenAway } from '@/lib/services/refusals';
import { type Asked, readForm } from './read-form';
import { isTicketRefusal, type TicketRefusal } from './ticket-refusals';
import { ticketPath, typedKey, typedOrder } from './typed-order';

/** /{locale}/buy/{slug}/order */
export const ORDER_PATH = new RegExp(`^/(${LOCALES.join('|')})/buy/([a-z0-9-]{1,100})/order$`);

/** Strict, unlike the pages' own reading of the same address: what is not understood is not ordered. */
const order = z.strictObject({
  kind: z.enum(ORDER_KINDS),
  amount: z.string().max(40).default(''),
  units: z.string().max(40).default(''),
  change: z.uuid().or(z.literal('')).default(''),
  key: z.uuid(),
});

const assent = z.strictObject({
  price: z.string().regex(/^\d{1,18}$/),
  termsVersion: z.string().regex(/^\d{1,9}$/),
  consent: z.literal('yes').optional(),
});

/** The redirect to what was placed, or back to the review with the code of the refusal. Throws what nobody expects. */
export async function sendOrder(request: Asked): Promise<Response> {
  const url = new URL(request.url);
  const [, locale, slug] = ORDER_PATH.exec(url.pathname) ?? [];
  if (!locale || !slug) return new Response(null, { status: 404 });
  const page = reviewOf(locale as Locale, slug, url.searchParams);
  // Opened by hand, or after signing in: the address changes nothing by itself.
  if (request.method === 'GET' || request.method === 'HEAD') return redirectTo(page());
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'GET, HEAD, POST' } });
  const answer = await answerTo(request, locale as Locale, slug, url.searchParams, page());
  if (typeof answer === 'string') return redirectTo(answer);
  if (answer.ok) return redirectTo(placedPath(locale as Locale, slug, answer.value));
  // What has no text of its own is one that no form of ours can cause.
  return redirectTo(page(isTicketRefusal(answer.error.code) ? answer.error.code : 'form.invalid'));
}

type Placed = { became: PlacedTicket; key: string };

/** What became of the request, or the page that has to be passed before. */
async function answerTo(
  request: Asked,
  locale: Locale,
  slug: string,
  query: URLSearchParams,
  page: string,
): Promise<Result<Placed> | string> {
  if (!isSameOrigin(request.headers.get('origin'))) return refuse('form.forbidden-origin');
  try {
    const session = await sessionOfRequest(request.headers);
    if (!session) return wayBackFromOrder(locale, page);
    if (session.secondStep === 'ENROL') return localePath(locale, '/account/security');
    if (!isComplete(session.secondStep)) return wayBackFrom('/second-factor', locale, page);
    if (session.role !== 'CITIZEN') return localePath(locale, '/staff-account');
    const asked = order.safeParse(once(query));
    const agreed = assent.safeParse(await readForm(request));
    if (!asked.success || !agreed.success) return refuse('form.invalid');
    const { price, termsVersion, consent } = agreed.data;
    const terms = { price: BigInt(price), termsVersion: Number(termsVersion), consent: consent === 'yes' };
    const actor = { investorId: session.userId, locale };
    const placed = await placeTicket(actor, { ...asked.data, ...terms, offeringSlug: slug });
    return placed.ok ? ok({ became: placed.value, key: asked.data.key }) : placed;
  } catch (error) {
    return refuseWhenAway(error);
  }
}

/** Null where a name comes twice: whoever reads it next might take the other one. */
const once = (query: URLSearchParams) => {
  const fields = Object.fromEntries(query);
  return Object.keys(fields).length === [...query].length ? fields : null;
};

function placedPath(locale: Locale, slug: string, { became, key }: Placed): string {
  if (became === 'ORDER') return localePath(locale, `/orders/${key}?placed=1`);
  return localePath(locale, `/subscriptions/${slug}?done=${became === 'CHANGE' ? 'CHANGED' : 'PLACED'}`);
}

/** The page whose form was sent, with what stands in the address and the refusal if there was one; scrolled to it where no script moves there. */
function reviewOf(locale: Locale, slug: string, query: URLSearchParams) {
  const search = Object.fromEntries(query);
  const path = ticketPath(locale, slug, '/review', typedOrder(search), typedKey(search));
  return (refused?: TicketRefusal) => (refused ? `${path}&refused=${refused}#refused` : path);
}

// Relative, so that no Host header has a say in where it leads.
const redirectTo = (location: string) =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'private, no-store' } });
