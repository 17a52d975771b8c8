import { printScore } from '../../views/duelPictures.js';
import type { PlayState } from './playState.js';

const count = 10;

/** The same settings from other seeds: the scores of both, seed by seed. */
export function Repeats({ play }: { readonly play: PlayState }) {
  const { session, settings } = play;
  const { value: results } = session.repeats;
  const task = session.configured.value?.problem.task ?? 'binary';
  const seeds = Array.from({ length: count }, (_, at) => settings.value.weightSeed + at);
  return (
    <details class="repeats data-table">
      <summary>Repeat over {count} seeds</summary>
      <p>
        <button
          type="button"
          disabled={session.isRepeating.value || session.phase.value !== 'idle'}
          onClick={() => session.repeat(seeds)}
        >
          Run {count} seeds
        </button>{' '}
        <span role="status">
          {session.isRepeating.value
            ? `${results.length} of ${count} done`
            : results.length > 0
              ? 'Done.'
              : ''}
        </span>
      </p>
      {results.length > 0 && (
        <table class="dense figure">
          <thead>
            <tr>
              <th scope="col">seed</th>
              <th scope="col" class="number">
                ours
              </th>
              <th scope="col" class="number">
                rival
              </th>
            </tr>
          </thead>
          <tbody>
            {results.map(({ seed, scores }) => (
              <tr key={seed}>
                <th scope="row">{seed}</th>
                {scores.map(({ score }, at) => (
                  <td key={at === 0 ? 'ours' : 'rival'} class="number">
                    {printScore(score, task)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </details>
  );
}
