import type { SweepResult } from '../../protocol/messages.js';
import type { PlayState } from './playState.js';
import { bestRates, sweptRates } from './sweepRates.js';

/** The same run at other learning rates: which suits each contestant best. */
export function RateSweep({ play }: { readonly play: PlayState }) {
  const { session } = play;
  const { value: results } = session.sweep;
  const isBusy = session.isRepeating.value || session.phase.value !== 'idle';
  const best = bestRates(results);
  return (
    <details class="repeats data-table">
      <summary>Compare learning rates</summary>
      <p>
        <button type="button" disabled={isBusy} onClick={() => session.sweepRates(sweptRates)}>
          Run {sweptRates.length} rates
        </button>{' '}
        <span role="status">{describeSweep(results)}</span>
      </p>
      {results.length > 0 && (
        <>
          <table class="dense figure">
            <caption class="visually-hidden">Test loss at the stop, by learning rate</caption>
            <thead>
              <tr>
                <th scope="col">rate</th>
                <th scope="col" class="number">
                  ours
                </th>
                <th scope="col" class="number">
                  rival
                </th>
              </tr>
            </thead>
            <tbody>
              {results.map((result) => (
                <tr key={result.rate}>
                  <th scope="row">{result.rate}</th>
                  {([0, 1] as const).map((side) => (
                    <td key={side} class="number">
                      {printLoss(result, side)}
                      {best[side] === result.rate && <strong> best</strong>}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <p class="hint">
            Test loss at the stop, from the seeds of this run. A rate at which one of them diverges counts for
            neither.
          </p>
        </>
      )}
    </details>
  );
}

function describeSweep(results: readonly SweepResult[]): string {
  if (results.length === 0) return '';
  if (results.length < sweptRates.length) return `${results.length} of ${sweptRates.length} done`;
  const [ours, rival] = bestRates(results);
  return ours === undefined || rival === undefined
    ? 'Every rate diverged.'
    : `Best rate for ours ${ours}, for the rival ${rival}.`;
}

function printLoss({ outcome, scores }: SweepResult, side: 0 | 1): string {
  return outcome === 'diverged' ? 'diverged' : String(Number(scores[side].testLoss.toPrecision(3)));
}
