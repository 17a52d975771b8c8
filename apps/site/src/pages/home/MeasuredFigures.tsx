import type { Figures, PresetMeasurement } from '../../engine/measure/measurements.js';
import { measured } from '../../engine/measured.js';
import { ScrollRegion } from '../../shell/ScrollRegion.js';
import { presetOf } from '../../state/presets.js';
import { describeReached, describeRivals } from './measuredWords.js';

/** What both sides came to on many seeds, with machine, date and commit: the honest second sentence. */
export function MeasuredFigures() {
  const { machine, date, commit, backend, presets } = measured;
  const ring = presets.find(({ preset }) => preset === 'ring');
  if (!ring) return null;
  return (
    <section class="prose measured">
      <h2>Is that fair?</h2>
      <p>
        The quadratic neuron of {ring.ours.parameters} parameters reached {ring.target} % test accuracy{' '}
        {describeReached(ring.ours)}. {describeRivals(ring)} Every dense net had its best of{' '}
        {ring.rates.length} learning rates, and the better of tanh and ReLU. So the claim is fewer parameters
        and an exact formula, never that a dense net cannot.
      </p>
      <p>
        A linear neuron on hand-made x1², x1·x2 and x2² is the same class of functions with the same 6
        parameters: the quadratic neuron forms the features that one would otherwise tick by hand. You can{' '}
        <a href="/play/#v=1&b=features">let them race</a>.
      </p>
      <details>
        <summary>All figures, also where it loses</summary>
        <ScrollRegion label="Measured figures">
          <table class="dense figure">
            <thead>
              <tr>
                <th scope="col">duel</th>
                <th scope="col">network</th>
                <th scope="col" class="number">
                  parameters
                </th>
                <th scope="col" class="number">
                  rate
                </th>
                <th scope="col" class="number">
                  reached its target
                </th>
                <th scope="col" class="number">
                  median steps
                </th>
                <th scope="col" class="number">
                  median score
                </th>
              </tr>
            </thead>
            <tbody>{presets.map((measurement) => rowsOf(measurement))}</tbody>
          </table>
        </ScrollRegion>
      </details>
      <p class="provenance">
        Measured by scripts/measurePresets.mjs with these layers on {machine}, {backend}, {date}, commit{' '}
        {commit}. The duel above is computed in your browser.
      </p>
    </section>
  );
}

function rowsOf({ preset, target, ours, rivals }: PresetMeasurement) {
  return [ours, ...rivals].map((figures, at) => (
    <tr key={`${preset} ${figures.network}`}>
      {at === 0 && (
        <th scope="rowgroup" rowSpan={1 + rivals.length}>
          {presetOf(preset).title}
          {target > 0 && `, target ${target} %`}
        </th>
      )}
      <td>
        <code>{figures.network}</code> {at === 0 ? '(ours)' : ''}
      </td>
      <td class="number">{figures.parameters}</td>
      <td class="number">{figures.rate}</td>
      <td class="number">{target > 0 ? `${figures.reached} of ${figures.seeds}` : '–'}</td>
      <td class="number">{figures.medianSteps ?? '–'}</td>
      <td class="number">{scoreOf(figures)}</td>
    </tr>
  ));
}

function scoreOf({ scores }: Figures): string {
  return String(Number(scores.median.toPrecision(3)));
}
