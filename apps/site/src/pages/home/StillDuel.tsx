import type { ComponentChildren } from 'preact';
import type { Contestant } from '../../protocol/messages.js';
import { DuelFrame } from './DuelFrame.js';
import { StillFormula, stillResult } from './stillResult.js';

export interface StillProps {
  /** Name of the files in public/stills, before '-light.svg'. */
  readonly name: string;
  readonly alt: string;
  readonly width: number;
  readonly height: number;
  readonly class?: string;
}

/** A picture made by scripts/drawStills.mjs, in the colours of the system's theme. */
export function Still({ name, alt, width, height, class: className }: StillProps) {
  return (
    <picture class={className}>
      <source media="(prefers-color-scheme: dark)" srcset={`/stills/${name}-dark.svg`} />
      <img src={`/stills/${name}-light.svg`} alt={alt} width={width} height={height} decoding="async" />
    </picture>
  );
}

const names = ['ours', 'rival'] as const;

/** Start and end of a surface: the start where the duel will start by itself, else the end. */
export function StillSurface({
  contestant,
  isHidden = false,
}: {
  readonly contestant: Contestant;
  readonly isHidden?: boolean;
}) {
  if (isHidden) return null;
  const of = contestant === 0 ? 'the quadratic neuron' : 'the dense net';
  const { stop } = stillResult;
  return (
    <div class="surface-stills">
      <Still
        class="still-start"
        name={`${names[contestant]}-start`}
        alt={`Surface of ${of} before training`}
        width={320}
        height={320}
      />
      <Still
        class="still-end"
        name={`${names[contestant]}-end`}
        alt={`Surface of ${of} after ${stop} steps`}
        width={320}
        height={320}
      />
    </div>
  );
}

/** The duel without its script: what seed 1 came to, made by the same code when the site was built. */
export function StillDuel() {
  const { scores, parameters, titles, stop } = stillResult;
  const side = (contestant: Contestant) => ({
    title: titles[contestant],
    parameters: `${parameters[contestant]} parameters`,
    surface: (
      <div class="surface-with-still">
        <div class="surface">
          <div class="surface-stack">
            <StillSurface contestant={contestant} />
          </div>
        </div>
      </div>
    ),
    score: (
      <>
        <span>test accuracy</span> <strong class="figure">{scores[contestant]}</strong>
      </>
    ),
  });
  return (
    <DuelFrame
      controls={
        <StillControls>
          seed 1, step {stop} of {stop}
        </StillControls>
      }
      sides={[side(0), side(1)]}
      loss={
        <div class="loss">
          <Still
            class="loss-still"
            name="loss"
            alt={`Loss of both networks over ${stop} steps`}
            width={560}
            height={220}
          />
        </div>
      }
      formula={<StillFormula />}
    />
  );
}

function StillControls({ children }: { readonly children: ComponentChildren }) {
  return <p class="duel-status">{children}</p>;
}
