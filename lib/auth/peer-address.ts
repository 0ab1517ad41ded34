/**
 * Next tells pages no socket, and lets a caller's own X-Forwarded-For through. So each request gets the address of its socket in a header
 * of ours, written before Next sees the request; what a caller sent under that name is gone.
 */
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { PEER_HEADER } from './client-address';

const stamped = globalThis as typeof globalThis & { wakachiPeerStamped?: boolean };

export function stampPeerAddress(): void {
  // Hot reloading runs this again in the same process.
  if (stamped.wakachiPeerStamped) return;
  stamped.wakachiPeerStamped = true;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const address = request.socket.remoteAddress;
    if (address) request.headers[PEER_HEADER] = address;
    else delete request.headers[PEER_HEADER];
  });
}
