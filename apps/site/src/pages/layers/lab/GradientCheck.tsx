import type { GradientReport } from '../../../layerLab/messages.js';
import type { UnitState } from './unitState.js';

/** Every derivative against finite differences, whenever a coefficient has settled. */
export function GradientCheck({ state }: { readonly state: UnitState }) {
  const { value: report } = state.report;
  return (
    <div class="gradient-check" data-state={report ? (report.passes ? 'passed' : 'failed') : 'open'}>
      <h3>Gradient check</h3>
      <p>{report ? reportSentence(report) : 'Runs when the coefficients rest.'}</p>
      <button type="button" disabled={!state.isReady.value} onClick={() => void state.check()}>
        Check again
      </button>
    </div>
  );
}

export function reportSentence(report: GradientReport): string {
  const { coefficientCount, inputCount, largestError, limit, worst, passes } = report;
  const derivatives = coefficientCount + inputCount;
  return (
    `${passes ? '✓ Passed' : '✗ Failed'}: ${derivatives} derivatives (${coefficientCount} by coefficients, ` +
    `${inputCount} by inputs of 8 samples) against central differences, both in float64. Largest absolute error ` +
    `${largestError.toExponential(1)}, at ${worst}; allowed there ${limit.toExponential(1)}.`
  );
}
