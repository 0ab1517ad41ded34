/** What the check of a draw tells as it goes on, and what follows from it. The page and the worker talk in these terms; nothing of the rules is in here. */
import type { DrawCheck } from '@/lib/domain/allotment/check-draw';

export type Progress = { kind: 'check'; check: DrawCheck } | { kind: 'end' } | { kind: 'failed' };
export type Verdict = 'idle' | 'checking' | 'matches' | 'differs' | 'failed';
export type CheckState = { verdict: Verdict; checks: readonly DrawCheck[] };

export const NOT_CHECKED: CheckState = { verdict: 'idle', checks: [] };

/** A draw matches when every one of `checks` came, and none found a difference. */
export function afterProgress(state: CheckState, progress: Progress, checks: number): CheckState {
  if (progress.kind === 'failed') return { ...state, verdict: 'failed' };
  if (progress.kind === 'check') return { verdict: 'checking', checks: [...state.checks, progress.check] };
  const right = state.checks.filter(({ difference }) => difference === null);
  return { ...state, verdict: right.length === checks ? 'matches' : 'differs' };
}
