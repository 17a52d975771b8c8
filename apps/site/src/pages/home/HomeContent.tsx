import { MeasuredFigures } from './MeasuredFigures.js';
import { Still, StillDuel } from './StillDuel.js';
import { stillResult } from './stillResult.js';

/** The home page: the claim, the duel, what it shows, and what it does not. */
export function HomeContent() {
  return (
    <>
      <div class="claim">
        <h1>One neuron that multiplies learns a circle, and tells you its formula.</h1>
        <p>
          Two networks learn to tell a disc from the ring around it, on the same points in the same order.
          Training runs in your browser, now.
        </p>
      </div>
      <div id="duel">
        <StillDuel />
      </div>
      <MeasuredFigures />
      <section class="prose">
        <h2>What you just saw</h2>
        <div class="from-to">
          <figure>
            <div class="from-to-pair">
              <Still
                name="ours-start"
                alt="Before training: a straight blur across all points"
                width={160}
                height={160}
              />
              <Still
                name="ours-end"
                alt="After training: a closed curve between disc and ring"
                width={160}
                height={160}
              />
            </div>
            <figcaption>Quadratic neuron, step 0 and step {stillResult.stop}, seed 1</figcaption>
          </figure>
          <figure>
            <div class="from-to-pair">
              <Still name="rival-start" alt="Before training: a soft slope" width={160} height={160} />
              <Still
                name="rival-end"
                alt="After training: a band that cuts through the ring"
                width={160}
                height={160}
              />
            </div>
            <figcaption>Dense net of two hidden tanh units, the same steps</figcaption>
          </figure>
        </div>
        <p>
          Orange discs belong inside, blue diamonds outside; hollow points are kept for the test, and a ring
          marks a point on the wrong side. The colour is the probability that the network gives: orange above
          one half, blue below. The solid line is one half, the dashed lines are 0.1 and 0.9.
        </p>
        <p>
          A dense neuron adds its weighted inputs, so the border of one neuron is a straight line, and a net
          of them has to piece a circle together. A quadratic neuron also weighs the products x1², x1·x2 and
          x2², so the border of one neuron is a conic: a circle is one of them. Nothing is hidden in it: the
          six numbers of the formula above are the whole network.
        </p>
      </section>
      <section class="prose">
        <h2>Where to go from here</h2>
        <ul class="ways">
          <li>
            <a href="/layers/quadratic-form/">The quadratic layer</a>: drag a coefficient and see the conic
            turn.
          </li>
          <li>
            <a href="/layers/">All layers</a>: cross, hypernetwork, Taylor, Chebyshev, factorization and more,
            each as a TensorFlow.js layer.
          </li>
          <li>
            <a href="/experiments/">Experiments</a>: published claims, measured again in your browser, with
            tolerances fixed beforehand.
          </li>
          <li>
            <a href="/bench/">Benchmark</a>: stock TensorFlow.js beside ours on your machine, every result
            checked before it is timed.
          </li>
        </ul>
      </section>
    </>
  );
}
