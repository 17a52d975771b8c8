import type { OptionControl, OptionValue } from './optionControls.js';
import type { UnitState } from './unitState.js';

/** The options of the record; what it refuses it says in its own words. */
export function OptionFields({ state }: { readonly state: UnitState }) {
  const { options } = state.data;
  const main = options.filter(({ isMain }) => isMain);
  const others = options.filter(({ isMain }) => !isMain);
  if (options.length === 0) return null;
  return (
    <fieldset class="options" disabled={!state.isReady.value}>
      <legend>Options</legend>
      <div class="option-grid">
        {main.map((option) => (
          <OptionField key={option.name} state={state} option={option} />
        ))}
      </div>
      {others.length > 0 && (
        <details>
          <summary>{main.length > 0 ? `${others.length} more options` : `${others.length} options`}</summary>
          <div class="option-grid">
            {others.map((option) => (
              <OptionField key={option.name} state={state} option={option} />
            ))}
          </div>
        </details>
      )}
      <div role="alert">{state.refusal.value && <pre class="refusal">{state.refusal}</pre>}</div>
    </fieldset>
  );
}

function OptionField({ state, option }: { readonly state: UnitState; readonly option: OptionControl }) {
  const id = `o-${option.name}`;
  const { config } = state;
  const value = (config.value[option.name] ?? state.data.defaults[option.name] ?? null) as OptionValue;
  const set = (next: OptionValue) => state.setOption(option.name, next);
  return (
    <div class="option">
      <label for={id} title={option.meaning}>
        <code>{option.name}</code>
      </label>
      {option.kind === 'choice' && (
        <select
          id={id}
          value={value === null ? '' : String(value)}
          onChange={({ currentTarget }) => set(currentTarget.value === '' ? null : currentTarget.value)}
        >
          {option.values.map((one) => (
            <option key={one} value={one ?? ''}>
              {one ?? 'none'}
            </option>
          ))}
        </select>
      )}
      {option.kind === 'number' && (
        <input
          id={id}
          type="number"
          step={option.isWhole ? 1 : 'any'}
          max={option.isWhole ? 64 : undefined}
          placeholder={option.isOptional ? 'none' : undefined}
          value={value === null ? '' : String(value)}
          onChange={({ currentTarget }) => set(numberOf(currentTarget, option.isOptional))}
        />
      )}
      {option.kind === 'switch' && (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => set(currentTarget.checked)}
        />
      )}
    </div>
  );
}

/** Nothing is null where the option may be; sizes are kept to 64, which two inputs never need. */
function numberOf(field: HTMLInputElement, isOptional: boolean): number | null {
  if (field.value === '' && isOptional) return null;
  const { valueAsNumber, max } = field;
  return max === '' ? valueAsNumber : Math.min(Number(max), valueAsNumber);
}
