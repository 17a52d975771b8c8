import { useSignal } from '@preact/signals';
import { CodeBlock } from '../../../shell/CodeBlock.js';
import { unitCode } from './unitCode.js';
import type { UnitState } from './unitState.js';

/** The unit as a program of TensorFlow.js, to copy. */
export function UnitCode({ state }: { readonly state: UnitState }) {
  const copied = useSignal('');
  const { data, config, unit, values } = state;
  const code = unitCode(data, config.value, unit.value.coefficients, values.value);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code);
      copied.value = 'Copied.';
    } catch {
      copied.value = 'This browser does not let the page copy: select the text instead.';
    }
  };
  return (
    <details class="unit-code" open>
      <summary>This unit in TensorFlow.js</summary>
      <p class="buttons">
        <button type="button" onClick={() => void copy()}>
          Copy code
        </button>
        <span role="status">{copied}</span>
      </p>
      <CodeBlock id="unit-code" text={code} />
    </details>
  );
}
