import type { ContestantInfo } from '../protocol/messages.js';
import type { Outcome, Phase } from '../session/session.js';

/** What the live region says when a run starts, pauses or ends; nothing in between. */
export function announcementOf(
  phase: Phase,
  outcome: Outcome | undefined,
  contestants: readonly ContestantInfo[] | undefined,
  scores: readonly [string, string] | undefined,
): string {
  if (phase === 'running') return 'Training runs.';
  if (!outcome) return '';
  if (outcome.kind === 'diverged') {
    const name = contestants?.[outcome.contestant].title ?? 'A network';
    return `${name} diverged at step ${outcome.step}. No longer finite: ${outcome.tensor} of ${outcome.layer}.`;
  }
  const ends = { limit: 'Training ended', target: 'Target reached', paused: 'Training paused' } as const;
  const result = scores ? ` Ours ${scores[0]}, rival ${scores[1]}.` : '';
  return `${ends[outcome.reason]} at step ${outcome.step}.${result}`;
}
