import { computed, type Signal, useComputed } from '@preact/signals';
import { useCallback, useMemo } from 'preact/hooks';
import type { Contestant } from '../../protocol/messages.js';
import { printAddress } from '../../state/address.js';
import { type Preset, type PresetKey, presetOf, presets } from '../../state/presets.js';
import { announcementOf } from '../../views/announcement.js';
import { DuelSurface } from '../../views/DuelSurface.js';
import { printScore } from '../../views/duelPictures.js';
import type { DuelState } from '../../views/duelState.js';
import { LearnedFormula } from '../../views/LearnedFormula.js';
import { LiveRegion } from '../../views/LiveRegion.js';
import { LossChart } from '../../views/LossChart.js';
import { useSpaceKey } from '../../views/useSpaceKey.js';
import { useThrottled } from '../../views/useThrottled.js';
import { DuelFrame, type DuelSide } from './DuelFrame.js';
import { StillSurface } from './StillDuel.js';
import { StillFormula, stillResult } from './stillResult.js';

export interface LiveDuelProps {
  readonly duel: DuelState;
  readonly preset: Signal<PresetKey>;
  /** Starts a preset from its seed. */
  readonly onPlay: (preset: Preset) => void;
  readonly onToggle: () => void;
}

const buttons: readonly { readonly key: PresetKey; readonly title: string }[] = [
  { key: 'ring', title: 'Ring' },
  { key: 'xor', title: 'Try XOR' },
  { key: 'spiral', title: 'Try the spiral' },
];

/** The duel at work: two surfaces, the loss of both, the formula, and what one can do with them. */
export function LiveDuel({ duel, preset, onPlay, onToggle }: LiveDuelProps) {
  const { session } = duel;
  const { value: phase } = session.phase;
  const shown = presetOf(preset.value);
  const hasEnded = session.outcome.value?.kind === 'done' && session.outcome.value.reason !== 'paused';
  const { value: isFresh } = useComputed(() => (session.frame.value?.step ?? 0) === 0);
  useSpaceKey(onToggle);
  return (
    <>
      <DuelFrame
        controls={
          <>
            <button
              type="button"
              class="primary"
              disabled={phase === 'failed'}
              onClick={hasEnded ? () => onPlay(shown) : onToggle}
            >
              {phase === 'running' ? 'Pause' : hasEnded ? 'Run again' : isFresh ? 'Run' : 'Resume'}
            </button>
            <button type="button" onClick={() => onPlay(shown)}>
              Replay
            </button>
            <span class="duel-presets">
              {buttons.map(({ key, title }) => (
                <button
                  key={key}
                  type="button"
                  aria-pressed={preset.value === key}
                  onClick={() => onPlay(presetOf(key))}
                >
                  {title}
                </button>
              ))}
              <LosingPresets preset={preset} onPlay={onPlay} />
            </span>
            <DuelStatus duel={duel} stop={shown.settings.stop} />
          </>
        }
        sides={[useSide(duel, 0), useSide(duel, 1)]}
        loss={<DuelLoss duel={duel} stop={shown.settings.stop} />}
        formula={isFresh && !session.configured.value ? <StillFormula /> : <LearnedFormula duel={duel} />}
      />
      <p class="duel-caption">
        {shown.sentence}{' '}
        <a href={`/play/#${printAddress(shown.settings)}`}>Open this duel in the playground</a>
      </p>
      <Notices duel={duel} />
      <Announcer duel={duel} />
    </>
  );
}

function LosingPresets({ preset, onPlay }: Pick<LiveDuelProps, 'preset' | 'onPlay'>) {
  const losing = presets.filter(({ isLoss }) => isLoss);
  const { value: current } = preset;
  return (
    <select
      aria-label="Where it loses"
      value={losing.some(({ key }) => key === current) ? current : ''}
      onChange={(event) => {
        const { value } = event.currentTarget;
        if (value !== '') onPlay(presetOf(value as PresetKey));
      }}
    >
      <option value="">Where it loses …</option>
      {losing.map(({ key, title }) => (
        <option key={key} value={key}>
          {title}
        </option>
      ))}
    </select>
  );
}

function useSide(duel: DuelState, contestant: Contestant): DuelSide {
  const info = duel.session.configured.value?.contestants[contestant];
  const { value: hasPicture } = useComputed(() => duel.pictures[contestant].value !== undefined);
  const title = info?.title ?? stillResult.titles[contestant];
  return {
    title,
    parameters: `${info?.parameters ?? stillResult.parameters[contestant]} parameters`,
    surface: (
      <div class="surface-with-still">
        <StillSurface contestant={contestant} isHidden={hasPicture} />
        <DuelSurface duel={duel} contestant={contestant} name={`What ${title} has learned`} />
      </div>
    ),
    score: <SideScore duel={duel} contestant={contestant} />,
  };
}

function SideScore({ duel, contestant }: { readonly duel: DuelState; readonly contestant: Contestant }) {
  const { value: scores } = useThrottled(duel.scores, 250);
  const problem = duel.session.configured.value?.problem;
  return (
    <>
      <span>{problem?.scoreTitle ?? 'test accuracy'}</span>{' '}
      <strong class="figure">
        {problem ? printScore(scores?.[contestant].score, problem.task) : stillResult.scores[contestant]}
      </strong>
    </>
  );
}

function DuelLoss({ duel, stop }: { readonly duel: DuelState; readonly stop: number }) {
  const look = useCallback(
    () => ({
      lastStep: stop,
      perStep: [1, 1] as const,
      axisTitle: 'steps',
      names: ['ours', 'rival'] as const,
    }),
    [stop],
  );
  return <LossChart curve={duel.session.curve} change={duel.session.frame} look={look} />;
}

function DuelStatus({ duel, stop }: { readonly duel: DuelState; readonly stop: number }) {
  const { value: frame } = useThrottled(duel.session.frame, 250);
  const { value: capabilities } = duel.session.capabilities;
  const device = capabilities?.backends.find(({ backend }) => backend === capabilities.backend)?.device;
  return (
    <p class="duel-status figure">
      step <output class="step-count">{frame?.step ?? 0}</output> of {stop}
      {device && <span> · {device}</span>}
      {capabilities && !capabilities.isIsolated && <span> · threads off</span>}
    </p>
  );
}

function Notices({ duel }: { readonly duel: DuelState }) {
  const { value: notices } = duel.session.notices;
  return notices.length === 0 ? null : (
    <ul class="notices">
      {notices.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function Announcer({ duel }: { readonly duel: DuelState }) {
  const text = useMemo(
    () =>
      computed(() => {
        const { phase, outcome, configured, frame } = duel.session;
        const task = configured.value?.problem.task ?? 'binary';
        const printed = frame.peek()?.scores.map(({ score }) => printScore(score, task));
        return announcementOf(
          phase.value,
          outcome.value,
          configured.value?.contestants,
          printed as unknown as readonly [string, string] | undefined,
        );
      }),
    [duel],
  );
  return <LiveRegion text={text} />;
}
