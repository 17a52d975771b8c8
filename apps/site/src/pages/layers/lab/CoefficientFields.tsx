import { coefficientName } from '../../../layerLab/coefficientName.js';
import type { CoefficientBlock } from '../../../layerLab/messages.js';
import { coefficientMeaning } from './coefficientMeaning.js';
import { roundUp } from './roundUp.js';
import type { UnitState } from './unitState.js';

/** Blocks beyond so many coefficients begin folded. */
const shownAtFirst = 24;

/** A slider and a number field for every coefficient. */
export function CoefficientFields({ state }: { readonly state: UnitState }) {
  const { coefficients } = state.unit.value;
  return (
    <fieldset class="coefficients" disabled={!state.isReady.value}>
      <legend>Coefficients</legend>
      {coefficients.length === 0 && <p>This layer has none: its options alone decide.</p>}
      {coefficients.map((block) => (
        <details
          key={`${block.name}${block.count}`}
          class="coefficient-block"
          open={block.offset + block.count <= shownAtFirst || block.offset === 0}
        >
          <summary>
            <code>{block.name}</code> [{block.shape.join(', ')}]
          </summary>
          {Array.from({ length: block.count }, (_, at) => (
            <Coefficient key={block.offset + at} state={state} block={block} at={at} />
          ))}
        </details>
      ))}
      {coefficients.length > 0 && (
        <p class="buttons">
          <button type="button" onClick={() => state.setAll('stepped')}>
            As at first
          </button>
          <button type="button" onClick={() => state.setAll('start')}>
            Layer's start
          </button>
          <button type="button" onClick={() => state.setAll('zeros')}>
            All 0
          </button>
          <button type="button" onClick={() => state.drawAgain()}>
            New draw
          </button>
        </p>
      )}
      <p class="hint">
        {state.isReady.value
          ? `Weights of seed ${state.seed.value}. “Layer's start” is what a new layer has; the page begins half a standard normal number away from it, or at chosen values.`
          : 'The sliders need JavaScript and a moment to start; formula, figure, tables and code do not.'}
      </p>
    </fieldset>
  );
}

function Coefficient({
  state,
  block,
  at,
}: {
  readonly state: UnitState;
  readonly block: CoefficientBlock;
  readonly at: number;
}) {
  const index = block.offset + at;
  const value = state.values.value[index] ?? 0;
  const name = coefficientName(block.name, block.shape, at);
  const meaning = coefficientMeaning(state.data.layer, state.config.value, block, at);
  const id = `c${index}`;
  const limit = Math.max(
    3,
    roundUp(1.5 * Math.abs(state.unit.value.stepped[index] ?? 0)),
    roundUp(Math.abs(value)),
  );
  const set = (event: Event) =>
    state.setValue(index, (event.currentTarget as HTMLInputElement).valueAsNumber);
  const settle = () => void state.check();
  return (
    <div class="coefficient">
      <label for={id}>{meaning ?? name.slice(block.name.length) ?? name}</label>
      <input
        type="range"
        aria-label={`${name}${meaning ? `, ${meaning}` : ''}, slider`}
        min={-limit}
        max={limit}
        step={limit / 300}
        value={value}
        onInput={set}
        onChange={settle}
      />
      <input
        id={id}
        type="number"
        step="any"
        aria-label={`${name}${meaning ? `, ${meaning}` : ''}`}
        value={Number(value.toPrecision(6))}
        onInput={set}
        onChange={settle}
      />
    </div>
  );
}
