import { useSignal } from '@preact/signals';
import { render } from 'preact';
import { depthMeasurement } from '../../../layerLab/depthMeasurement.js';
import type { LabSession } from '../../../layerLab/labSession.js';
import type { DepthRow } from '../../../layerLab/messages.js';
import { ScrollRegion } from '../../../shell/ScrollRegion.js';

/** Puts the button that measures into the page: without script there is nothing to press. */
export function showDepthMeasurement(root: HTMLElement, startSession: () => LabSession): void {
  const { layer = '' } = root.dataset;
  render(<DepthHere layer={layer} startSession={startSession} />, root);
}

/** Measures in a worker of its own, so that sliders stay quick. */
function DepthHere({
  layer,
  startSession,
}: {
  readonly layer: string;
  readonly startSession: () => LabSession;
}) {
  const rows = useSignal<readonly DepthRow[]>([]);
  const status = useSignal('');
  const isRunning = useSignal(false);
  const measure = async () => {
    isRunning.value = true;
    status.value = 'Measuring …';
    const session = startSession();
    session.onFailure = (text) => {
      status.value = `It failed: ${text}.`;
      isRunning.value = false;
    };
    rows.value = await session.measureDepth(layer);
    session.close();
    isRunning.value = false;
    status.value = `Measured in this browser: ${depthMeasurement.seeds.length} seeds of ${depthMeasurement.samples} samples.`;
  };
  return (
    <>
      <p class="buttons">
        <button type="button" disabled={isRunning} onClick={() => void measure()}>
          Measure in this browser
        </button>
        <span role="status">{status}</span>
      </p>
      {rows.value.length > 0 && (
        <>
          <MeasuredTable title="Variance of the signal, measured here" rows={rows.value} of="signal" />
          <MeasuredTable title="Variance of the gradient, measured here" rows={rows.value} of="gradient" />
        </>
      )}
    </>
  );
}

function MeasuredTable({
  title,
  rows,
  of,
}: {
  readonly title: string;
  readonly rows: readonly DepthRow[];
  readonly of: 'signal' | 'gradient';
}) {
  const columns = Math.max(...rows.map((row) => row[of].length));
  return (
    <ScrollRegion label={title}>
      <table class="measured">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">start</th>
            {Array.from({ length: columns }, (_, at) => (
              <th key={at} scope="col" class="number">
                {at + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.start}>
              <th scope="row">
                {row.start}
                {row.isDefault ? ' *' : ''}
              </th>
              {row[of].map((value, at) => (
                <td key={at} class="number">
                  {shortVariance(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Two digits, as in the published table; ∞ for what passes float32. */
export function shortVariance(value: number): string {
  if (!Number.isFinite(value)) return '∞';
  if (value !== 0 && (value < 0.005 || value >= 1000)) return value.toExponential(0).replace('e+', 'e');
  return String(Number(value.toPrecision(2)));
}
