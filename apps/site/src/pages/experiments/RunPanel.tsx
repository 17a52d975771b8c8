import { computed, type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { type CardState, type ExperimentSession, idleCard } from '../../experimentLab/experimentSession.js';
import type { ExperimentPlan } from '../../experimentLab/messages.js';
import { LiveRegion } from '../../views/LiveRegion.js';
import { OutcomeView } from './OutcomeView.js';

export interface RunPanelProps {
  readonly id: string;
  readonly title: string;
  readonly session: ExperimentSession;
  /** How all cards run: seeds, sizes, images. */
  readonly settings: ReadonlySignal<Omit<ExperimentPlan, 'id'>>;
}

/** Run, Cancel, progress and outcome of one card. */
export function RunPanel({ id, title, session, settings }: RunPanelProps) {
  const isReady = useSignal(false);
  useEffect(() => {
    isReady.value = true;
  }, [isReady]);
  const spoken = useMemo(
    () => computed(() => speakOf(title, session.cards.value[id] ?? idleCard)),
    [session, id, title],
  );
  const { phase, outcome, plan } = session.cards.value[id] ?? idleCard;
  const isRunning = phase.kind === 'running';
  const isBusy = session.running.value !== undefined;
  return (
    <>
      <div class="run">
        <button
          type="button"
          class="primary"
          disabled={!isReady.value || isBusy}
          aria-label={`Run: ${title}`}
          onClick={() => session.start({ id, ...settings.value })}
        >
          Run
        </button>
        <button
          type="button"
          disabled={!isRunning}
          aria-label={`Cancel: ${title}`}
          onClick={() => session.cancel()}
        >
          Cancel
        </button>
        {phase.kind === 'running' && (
          <p class="progress">
            <progress aria-label="Progress of the contender that trains" value={phase.share} max={1} />
            <span>
              Seed {phase.seed + 1} of {plan?.seeds}: {phase.text}
            </span>
          </p>
        )}
      </div>
      <LiveRegion text={spoken} />
      {phase.kind === 'cancelled' && (
        <p class="warning">
          Cancelled. {outcome ? 'The seeds that were over are below.' : 'No seed was over.'}
        </p>
      )}
      {phase.kind === 'failed' && (
        <p class="warning" role="alert">
          {phase.text}
        </p>
      )}
      {outcome && <OutcomeView id={id} outcome={outcome} wanted={plan?.seeds ?? outcome.seeds} />}
    </>
  );
}

function speakOf(title: string, { phase, outcome }: CardState): string {
  if (phase.kind === 'running') return `${title}: running.`;
  if (phase.kind === 'done') return `${title}: done, ${outcome?.verdict}.`;
  if (phase.kind === 'cancelled') return `${title}: cancelled.`;
  return '';
}
