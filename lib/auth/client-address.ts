/** Where a request comes from, for throttling and the list of sessions. What a caller claims about it is never believed. */
import { isIP } from 'node:net';
import { headers } from 'next/headers';
import { env } from '@/lib/env';

/** Set from the socket for every request (instrumentation.ts); a header of this name sent by a caller is overwritten. */
export const PEER_HEADER = 'x-wakachi-peer';

export type ClientHints = { address: string | null; userAgent: string };

/**
 * The peer of the socket, unless proxies are trusted: then the n-th address from the right of X-Forwarded-For, which the n-th trusted proxy
 * wrote. Everything to the left of it may be forged.
 */
export function clientAddress(peer: string | null, forwardedFor: string | null, trustedProxies: number): string | null {
  if (trustedProxies === 0) return normaliseAddress(peer);
  const chain = (forwardedFor ?? '').split(',').map((part) => part.trim());
  return normaliseAddress(chain[chain.length - trustedProxies] ?? null) ?? normaliseAddress(peer);
}

function normaliseAddress(raw: string | null): string | null {
  const address = raw?.replace(/^::ffff:(?=\d+\.)/, '') ?? '';
  return isIP(address) ? address : null;
}

/** What is throttled as one caller: an IPv4 address, or the /64 that one IPv6 customer has. */
export function addressBlock(address: string | null): string {
  if (address === null) return 'unknown';
  if (isIP(address) === 4) return address;
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? [];
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const gap = address.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : [];
  return [...left, ...gap, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

export async function clientHints(): Promise<ClientHints> {
  const list = await headers();
  return {
    address: clientAddress(list.get(PEER_HEADER), list.get('x-forwarded-for'), env().TRUSTED_PROXIES),
    // Seen by its owner in the list of sessions; what cannot be seen goes.
    userAgent: (list.get('user-agent') ?? '').replace(/[^\x20-\x7E]/g, '').slice(0, 300),
  };
}
