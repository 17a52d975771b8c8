import { layerKinds, printNetwork } from '../../state/network.js';
import { presets } from '../../state/presets.js';
import { datasetTitles } from '../../state/settingsTable.js';
import { Still } from '../home/StillDuel.js';
import { stillResult } from '../home/stillResult.js';

/** The playground as HTML: what it holds, for those who read it without its script; the script puts itself in its place. */
export function PlayContent() {
  return (
    <>
      <h1 class="play-title">Playground</h1>
      <div id="playground">
        <div class="play-still">
          <p>
            Here two networks learn the same points side by side, in your browser: one of multiplicative
            layers, one dense. It needs JavaScript and WebAssembly. This is what it comes to with its first
            settings, a ring of 500 points, after {stillResult.stop} steps from seed 1:
          </p>
          <div class="play-still-pair">
            {(['ours', 'rival'] as const).map((name, at) => (
              <figure key={name}>
                <Still
                  name={`${name}-end`}
                  alt={`What the ${stillResult.titles[at]} has learned`}
                  width={320}
                  height={320}
                />
                <figcaption>
                  {stillResult.titles[at]}, {stillResult.parameters[at]} parameters: test accuracy{' '}
                  {stillResult.scores[at]}
                </figcaption>
              </figure>
            ))}
          </div>
          <h2>Presets</h2>
          <table>
            <thead>
              <tr>
                <th scope="col">preset</th>
                <th scope="col">what it shows</th>
                <th scope="col">our network</th>
              </tr>
            </thead>
            <tbody>
              {presets.map(({ key, title, sentence, settings }) => (
                <tr key={key}>
                  <th scope="row">{title}</th>
                  <td>{sentence}</td>
                  <td>
                    <code>{printNetwork(settings.network)}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <h2>Layers and data sets</h2>
          <p>
            Layers:{' '}
            {Object.values(layerKinds)
              .map(({ title }) => title.toLowerCase())
              .join(', ')}
            . Data sets: {Object.values(datasetTitles).join(', ')}.
          </p>
        </div>
      </div>
    </>
  );
}
