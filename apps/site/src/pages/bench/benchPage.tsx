import { createBenchSession } from '../../benchLab/benchSession.js';
import type { Page } from '../../shell/page.js';
import { ScrollRegion } from '../../shell/ScrollRegion.js';
import { BenchApp } from './BenchApp.js';
import { caseTitles } from './caseTitles.js';
import { contenderTexts } from './contenderTexts.js';

export const benchPage: Page = {
  path: '/bench/',
  title: 'Benchmark',
  description:
    'Polyneuron beside stock TensorFlow.js on every backend of this browser, each result checked before it is timed.',
  entry: 'bench',
  next: { path: '/about/', text: 'How all this works, and where its limits are' },
  content: () => <BenchContent />,
};

/** Nothing starts here: the session of the still page has no worker. */
const stillSession = () =>
  createBenchSession({
    startWorker: () => ({ run: () => {}, end: () => {} }),
    onLoss: () => () => {},
  });

function BenchContent() {
  const titles = caseTitles();
  return (
    <>
      <h1>How fast is it in your browser?</h1>
      <p class="lead">
        Training steps and matrix products, computed by Polyneuron and by stock TensorFlow.js on the same
        numbers. Every result is compared with a float64 reference first; a wrong one is not timed. Nothing
        runs before you press Start, and nothing is sent anywhere.
      </p>
      <p>
        For steady figures plug in the charger, close other tabs and programs, switch extensions off, and keep
        this tab in front: a run is void once the tab is hidden.
      </p>
      <div id="bench" data-titles={JSON.stringify(titles)}>
        <BenchApp session={stillSession()} titles={titles} />
      </div>
      <noscript>
        <p class="warning">The benchmark needs scripts. What it measures, and how, is written below.</p>
      </noscript>
      <section aria-labelledby="how-title">
        <h2 id="how-title">How it measures</h2>
        <ul>
          <li>
            Parity first: outputs or trained weights of every contender against a float64 reference on the
            same inputs, with the largest error and its limit in the table.
          </li>
          <li>
            Each contender warms up until its speed has settled, or is called unstable. Then all take turns in
            rounds, each round starting with another. A sample lasts at least 2 ms and 50 steps of the clock,
            and ends when the result has been read back.
          </li>
          <li>
            The table has the median, the middle half of the samples, and the ratio of medians with a 95 %
            bootstrap interval. The baseline also runs against itself: inside that noise floor, or with an
            interval that holds 1, the verdict is “no difference”.
          </li>
          <li>
            First call: compiling, uploading, and the runs of the check, once. Share of peak: of a
            multiply-add loop measured in the same run, in WebAssembly SIMD times the threads or in a WebGL
            shader, whichever the contender computes with. There is no overall score.
          </li>
          <li>An operation that a backend lacks is named; nothing falls back to another backend.</li>
        </ul>
        <h3>Contenders</h3>
        <dl>
          {Object.values(contenderTexts).map(({ title, about, source }) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>
                {about}. <a href={source}>Source of what {title} runs</a>
              </dd>
            </div>
          ))}
        </dl>
        <h3>Cases</h3>
        <ScrollRegion label="Cases">
          <table>
            <tbody>
              {Object.entries(titles).map(([name, title]) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>{title}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </section>
    </>
  );
}
