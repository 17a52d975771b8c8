import { computed } from '@preact/signals';
import { useCallback, useMemo } from 'preact/hooks';
import { FormulaCopy } from '../../views/FormulaCopy.js';
import { LearnedFormula } from '../../views/LearnedFormula.js';
import { LossChart } from '../../views/LossChart.js';
import { Scoreboard } from '../../views/Scoreboard.js';
import type { PlayState } from './playState.js';
import { RateSweep } from './RateSweep.js';
import { Repeats } from './Repeats.js';

/** The right rail: loss, formula, scores, speed. */
export function Results({ play }: { readonly play: PlayState }) {
  return (
    <div class="results">
      <section aria-labelledby="loss-title">
        <h2 id="loss-title">Loss</h2>
        <PlayLoss play={play} />
      </section>
      <section aria-labelledby="formula-title" class="formula-section">
        <h2 id="formula-title">Formula of ours</h2>
        <LearnedFormula duel={play.duel} />
        <FormulaCopy duel={play.duel} />
      </section>
      <section aria-labelledby="scores-title">
        <h2 id="scores-title">Scores</h2>
        <Scoreboard duel={play.duel} />
        <Repeats play={play} />
        <RateSweep play={play} />
      </section>
    </div>
  );
}

function PlayLoss({ play }: { readonly play: PlayState }) {
  const { session, settings } = play;
  const change = useMemo(
    () =>
      computed(() => {
        session.frame.value;
        settings.value;
        return {};
      }),
    [session, settings],
  );
  const look = useCallback(() => {
    const { axis, stop } = settings.peek();
    const perStep = perStepOf(play, axis);
    // A run to a far limit is shown as far as it is, in round numbers
    const { lastStep } = session.curve;
    const end = Math.min(stop, Math.max(300, 2 ** Math.ceil(Math.log2(Math.max(1, lastStep / 300))) * 300));
    return { lastStep: end, perStep, axisTitle: axisTitles[axis], names: ['ours', 'rival'] as const };
  }, [play, session, settings]);
  return <LossChart curve={session.curve} change={change} look={look} />;
}

const axisTitles = { steps: 'steps', seconds: 'seconds of training', flops: 'FLOPs' } as const;

/** Units of the race axis that a step takes. Seconds: the mean of the run so far. */
function perStepOf({ session }: PlayState, axis: keyof typeof axisTitles): readonly [number, number] {
  const contestants = session.configured.peek()?.contestants;
  const frame = session.frame.peek();
  if (axis === 'flops' && contestants) return [contestants[0].flopsPerStep, contestants[1].flopsPerStep];
  if (axis === 'seconds' && frame && frame.step > 0) {
    const mean = frame.seconds / frame.step / 2;
    return [mean, mean];
  }
  return [1, 1];
}
