import type { PlayState } from './playState.js';

/** What went wrong and what can be done about it: notices, errors of the data, divergence. */
export function Trouble({ play }: { readonly play: PlayState }) {
  const { session } = play;
  const { value: outcome } = session.outcome;
  const { value: failure } = session.failure;
  const { value: notices } = session.notices;
  return (
    <div class="trouble" aria-live="polite">
      {outcome?.kind === 'diverged' && <Diverged play={play} {...outcome} />}
      {failure && (
        <p class="notice" data-code={failure.code}>
          {failure.text}
        </p>
      )}
      {notices.length > 0 && (
        <div class="notice">
          <ul>
            {notices.map((text, at) => (
              <li key={`${at} ${text}`}>{text}</li>
            ))}
          </ul>
          <button type="button" onClick={() => session.dismissNotices()}>
            Dismiss
          </button>
        </div>
      )}
    </div>
  );
}

interface DivergedProps {
  readonly play: PlayState;
  readonly step: number;
  readonly contestant: 0 | 1;
  readonly layer: string;
  readonly tensor: string;
}

/** Names the step, the layer and the tensor, and offers what usually helps. */
function Diverged({ play, step, contestant, layer, tensor }: DivergedProps) {
  const { rate, clip } = play.settings.value;
  const name = play.session.configured.value?.contestants[contestant].title ?? 'A network';
  const slower = Math.max(0.0001, Number((rate / 3).toPrecision(2)));
  return (
    <section class="notice diverged" aria-label="Divergence">
      <p>
        <strong>
          {name} diverged at step {step}.
        </strong>{' '}
        No longer finite: {tensor} of {layer}. The weights of the step before are kept.
      </p>
      <span class="buttons">
        <button type="button" onClick={() => play.retry({ rate: slower })}>
          Rate {rate} ÷ 3
        </button>
        <button type="button" disabled={clip === 1} onClick={() => play.retry({ clip: 1 })}>
          Clip gradients at 1
        </button>
        <button type="button" onClick={() => play.retryWithSmallerStart()}>
          Same seed, a third of the initial scale
        </button>
      </span>
    </section>
  );
}
