import type { UnitState } from './unitState.js';

/** Which output is shown, over which square. */
export function ViewFields({ state }: { readonly state: UnitState }) {
  const { outputCount } = state.unit.value;
  const chosen = (event: Event) => Number((event.currentTarget as HTMLSelectElement).value);
  return (
    <fieldset class="view-fields" disabled={!state.isReady.value}>
      <legend>View</legend>
      <label>
        Inputs from{' '}
        <select value={state.extent.value} onChange={(event) => state.setExtent(chosen(event))}>
          {[1, 2, 4].map((extent) => (
            <option key={extent} value={extent}>
              −{extent} to {extent}
            </option>
          ))}
        </select>
      </label>
      {outputCount > 1 && (
        <label>
          Output{' '}
          <select value={state.output.value} onChange={(event) => state.setOutput(chosen(event))}>
            {Array.from({ length: outputCount }, (_, at) => (
              <option key={at} value={at}>
                y{at + 1} of {outputCount}
              </option>
            ))}
          </select>
        </label>
      )}
    </fieldset>
  );
}
