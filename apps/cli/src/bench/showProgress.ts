import { contenderLabel, type ProgressEvent } from '@polyneuron/bench';
import type { Progress } from '@polyneuron/experiments';

type Notes = { readonly [P in ProgressEvent['phase']]: (event: ProgressEvent) => string };

const notes: Notes = {
  open: (event) => `starting ${nameOf(event)}`,
  reference: () => 'float64 reference',
  check: (event) => `checking ${settingOf(event)}`,
  'warm-up': (event) => `warming up ${settingOf(event)}`,
  rounds: ({ round, rounds }) => `round ${round} of ${rounds}`,
};

/** A bar per case; it moves with the rounds, and the note says what else is going on. */
export function showProgress(
  progress: Progress,
  cases: readonly string[],
  rounds: number,
): (event: ProgressEvent) => void {
  let current = '';
  return (event) => {
    if (event.case !== current) {
      current = event.case;
      const place = `(${cases.indexOf(current) + 1} of ${cases.length})`;
      progress.begin(event.phase === 'open' ? 'contenders' : `${current} ${place}`, rounds);
    }
    progress.update(event.round ?? 0, notes[event.phase](event));
  };
}

function nameOf({ contender = '', runtime }: ProgressEvent): string {
  return contenderLabel({ contender, runtime });
}

function settingOf(event: ProgressEvent): string {
  const { threads } = event;
  return `${nameOf(event)}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
