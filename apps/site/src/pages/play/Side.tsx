import { useComputed, useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Contestant } from '../../protocol/messages.js';
import { DuelSurface } from '../../views/DuelSurface.js';
import { printScore } from '../../views/duelPictures.js';
import { ImageSamples } from '../../views/ImageSamples.js';
import { useThrottled } from '../../views/useThrottled.js';
import { NetworkPanel } from './NetworkPanel.js';
import type { PlayState } from './playState.js';

export interface SideProps {
  readonly play: PlayState;
  readonly contestant: Contestant;
}

/** A contestant: name, size, score, layers, surface. */
export function Side({ play, contestant }: SideProps) {
  const { duel, session } = play;
  const { value: configured } = session.configured;
  const info = configured?.contestants[contestant];
  const title = info?.title ?? (contestant === 0 ? 'ours' : 'rival');
  const isLarge = useSignal(false);
  const isImages = configured?.problem.view === 'images';
  // One element for both, so that it keeps the focus when a drawn point makes the data complete
  const picture = useComputed(() => play.blank.value ?? duel.pictures[contestant].value);
  const name = `What ${title} has learned`;
  return (
    <article class={`side ${contestant === 0 ? 'is-ours' : 'is-rival'}${isLarge.value ? ' is-large' : ''}`}>
      <h2>
        <span>{title}</span>
        <small>{info ? `${info.parameters} parameters` : ''}</small>
      </h2>
      <NetworkPanel play={play} contestant={contestant} />
      {isImages ? (
        <ImageSamples duel={duel} contestant={contestant} />
      ) : (
        <DuelSurface
          duel={duel}
          contestant={contestant}
          picture={picture}
          name={name}
          onPick={(point) => play.draw(point)}
        />
      )}
      <Score play={play} contestant={contestant} />
      <button
        type="button"
        class="enlarge"
        aria-pressed={isLarge.value}
        onClick={() => {
          isLarge.value = !isLarge.value;
        }}
      >
        {isLarge.value ? 'Smaller' : 'Larger'}
      </button>
    </article>
  );
}

function Score({ play, contestant }: SideProps) {
  const { value: scores } = useThrottled(play.duel.scores, 250);
  const problem = play.session.configured.value?.problem;
  if (!problem) return null;
  return (
    <p class="side-score figure">
      {problem.scoreTitle} <strong>{printScore(scores?.[contestant].score, problem.task)}</strong>
    </p>
  );
}

/** Where the probe is, in numbers; the fields move it as pointer and arrow keys do. */
export function ProbeLine({ play }: { readonly play: PlayState }) {
  const { duel, session } = play;
  const { value: probe } = duel.probe;
  const { value: probed } = session.probed;
  const fields = useRef<HTMLFieldSetElement>(null);
  const problem = session.configured.value?.problem;
  if (problem?.view === 'images') return null;
  const isOf = probe && probed && probed.point[0] === probe[0] && probed.point[1] === probe[1];
  const set = (at: 0 | 1, text: string) => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isFinite(value)) return;
    const limit = duel.extent.peek();
    const kept = Math.min(limit, Math.max(-limit, value));
    const [x1, x2] = probe ?? [0, 0];
    duel.setProbe(at === 0 ? [kept, x2] : [x1, kept]);
  };
  return (
    <fieldset ref={fields} class="probe-line">
      <legend>Probe</legend>
      {(['x1', 'x2'] as const).map((name, at) => (
        <label key={name}>
          {name}
          <input
            type="number"
            step="any"
            value={probe ? String(Number(probe[at].toFixed(3))) : ''}
            onChange={({ currentTarget }) => set(at as 0 | 1, currentTarget.value)}
          />
        </label>
      ))}
      <output class="figure">
        {probe && isOf
          ? `ours ${describeValue(probed.values[0], problem?.task)}, rival ${describeValue(probed.values[1], problem?.task)}`
          : 'point at a surface'}
      </output>
    </fieldset>
  );
}

function describeValue(value: number, task: string | undefined): string {
  const digits = Number(value.toPrecision(3));
  return task === 'binary' ? `${digits} (${value >= 0.5 ? 'orange' : 'blue'})` : String(digits);
}
