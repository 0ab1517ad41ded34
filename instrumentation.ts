/** Runs once when a server process starts, before its first request. */
import { stampPeerAddress } from './lib/auth/peer-address';

export function register(): void {
  stampPeerAddress();
}
