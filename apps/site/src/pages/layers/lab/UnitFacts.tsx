import type { UnitState } from './unitState.js';

/** Counts of this unit, from the graph of its record. */
export function UnitFacts({ state }: { readonly state: UnitState }) {
  const { parameterCount, forwardFlops, trainingFlops, parameterBytes, outputCount, start } =
    state.unit.value;
  const fixed = parameterCount - start.length;
  return (
    <dl class="counts">
      <div>
        <dt>Parameters</dt>
        <dd>
          <span id="parameter-count">{parameterCount}</span>
          {fixed > 0 && `, ${fixed} of them not trained`}
        </dd>
      </div>
      <div>
        <dt>Bytes of weights</dt>
        <dd>{parameterBytes}</dd>
      </div>
      <div>
        <dt>FLOPs a sample</dt>
        <dd>
          {forwardFlops} forward, {trainingFlops} with gradients
        </dd>
      </div>
      <div>
        <dt>Outputs a sample</dt>
        <dd>{outputCount}</dd>
      </div>
      {state.device.value && (
        <div>
          <dt>Drawn by</dt>
          <dd>{state.device}</dd>
        </div>
      )}
    </dl>
  );
}
