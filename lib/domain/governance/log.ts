/**
 * The log of operators' acts as a hash chain (TRUST G1, G2). An entry's hash covers the one before it and the hash of its content, so that whoever
 * has the public columns can check the whole chain, while actor, subject and payload, which may name people, stay with the staff. A content carries
 * a salt: nobody can guess a short one from its hash.
 */
import type { Country } from '../states';
import type { Sha256 } from './canonical';

/** What everybody may see of an entry. */
export type LogLink = {
  sequence: bigint;
  previousSha256: string;
  sha256: string;
  kind: string;
  /** The side of the operator who acted; null for the manager and for the system itself. */
  side: Country | null;
  at: Date;
  contentSha256: string;
};

/** What the staff see besides. `actor` is an account's number; empty where the system acted by itself. */
export type LogContent = { salt: string; actor: string; subject: string; payload: string };

export type Checkpoint = { sequence: bigint; sha256: string };

/** What stands before the first entry. */
export const GENESIS: Checkpoint = { sequence: 0n, sha256: '0'.repeat(64) };

/** Only the payload can hold a line break, and it comes last: no two contents have the same text. */
export const contentText = ({ salt, actor, subject, payload }: LogContent): string =>
  [salt, actor, subject, payload].join('\n');

export const linkText = (link: Omit<LogLink, 'sha256'>): string =>
  [
    'wakachi-log-1',
    link.sequence,
    link.previousSha256,
    link.kind,
    link.side ?? '-',
    link.at.toISOString(),
    link.contentSha256,
  ].join('\n');

export type ChainVerdict =
  | { ok: true; head: Checkpoint }
  | { ok: false; sequence: bigint; fault: 'gap' | 'link' | 'hash' };

/**
 * Follows the chain from `start`, which is trusted, through `links` in order. The first link that does not follow is named: a number left out, one
 * that names another predecessor, or one whose hash is not that of its fields.
 */
export function verifyChain(links: readonly LogLink[], sha256: Sha256, start: Checkpoint = GENESIS): ChainVerdict {
  let head = start;
  for (const link of links) {
    const { sequence } = link;
    if (sequence !== head.sequence + 1n) return { ok: false, sequence, fault: 'gap' };
    if (link.previousSha256 !== head.sha256) return { ok: false, sequence, fault: 'link' };
    if (link.sha256 !== sha256(linkText(link))) return { ok: false, sequence, fault: 'hash' };
    head = { sequence, sha256: link.sha256 };
  }
  return { ok: true, head };
}

/** G2: whether what was published earlier is the beginning of what was published later; `between` are the entries after the earlier one. */
export function isPrefix(earlier: Checkpoint, between: readonly LogLink[], later: Checkpoint, sha256: Sha256): boolean {
  const verdict = verifyChain(between, sha256, earlier);
  return verdict.ok && verdict.head.sequence === later.sequence && verdict.head.sha256 === later.sha256;
}
