import { families, layers } from '@polyneuron/kernels';
import { Licences } from './Licences.js';
import { Versions } from './Versions.js';

/** Method, limits, versions, licences, and how every number comes about. */
export function AboutContent() {
  const stock = Object.keys(families.stock).length;
  return (
    <>
      <h1>About</h1>
      <p>
        Polyneuron is a library of higher-order neural layers for TensorFlow.js, and a compiler for them. A
        usual neuron adds its weighted inputs; these also multiply them. This site shows what that is good
        for, and where it is not.
      </p>

      <h2>Method</h2>
      <p>
        Each of the {Object.keys(layers).length} layers ({stock} of them of TensorFlow.js itself) is written
        once, as a record that builds a graph of tensor operations. From this record come the layer for
        TensorFlow.js, its gradient, its cost, its documentation and its tests. A forward pass, a gradient and
        a whole training step are programs of one small language. The same program runs in a float64
        interpreter, which defines what is right, as one WebAssembly SIMD module, as fused WebGL shaders, or
        natively.
      </p>

      <h2>Limits</h2>
      <ul>
        <li>
          A polynomial runs away outside of the data: a term of degree d grows like the d-th power. Scale
          inputs to about [−1, 1], and look at the “outside” view of the playground before you trust a fit.
        </li>
        <li>
          Dense nets win where the target is a straight edge, has kinks, or is no product of anything; where
          there are many features, few of which interact; and wherever there is enough data for a wider dense
          net. The playground has presets for this.
        </li>
        <li>
          “Fewer parameters” is the claim, never “impossible for dense”: dense nets of a few more units learn
          the ring as well, and the home page says how many.
        </li>
        <li>
          Products have heavy tails. Stacks of multiplying layers need starts that keep the variance, or
          normalisation between them; each <a href="/layers/">layer's page</a> has the measured rows.
        </li>
        <li>
          float32 overflows: a power k leaves the range at |x| = 10<sup>38/k</sup>. Runs that diverge stop,
          and say where.
        </li>
      </ul>

      <h2>How the numbers come about</h2>
      <ul>
        <li>
          Everything on this site is computed in your browser, by the published packages. Numbers from
          elsewhere carry their machine, date and commit, or the table of the paper that they are from.
        </li>
        <li>
          Training, drawing and checking run in workers. Nothing is sent anywhere: the site is static files,
          asks no other origin, and keeps nothing in cookies or storage.
        </li>
        <li>
          Gradient checks compare every derivative of a unit with a central difference of step 2<sup>−17</sup>{' '}
          in float64. Allowed is 10<sup>−7</sup> + 10<sup>−6</sup> of the slope, the bound of the library's
          own tests.
        </li>
        <li>
          FLOPs and bytes are counted on the graph after simplification, one for each element of an
          elementwise result and two for each multiply-add.
        </li>
        <li>
          Data, noise, split, weights and batch order each have a random stream of their own, derived from the
          seeds in the address: the same link gives the same run, bit for bit on the same backend.
        </li>
        <li>
          The benchmark checks each result against the float64 reference before it times anything, and reports
          medians with bootstrap intervals.
        </li>
      </ul>

      <h2>Threads and isolation</h2>
      <p>
        WebAssembly threads need shared memory, which browsers grant only to cross-origin-isolated pages. The
        server has to send <code>Cross-Origin-Opener-Policy: same-origin</code> and{' '}
        <code>Cross-Origin-Embedder-Policy: require-corp</code>; Netlify and Cloudflare Pages read them from
        the file <code>_headers</code> of this site, GitHub Pages cannot send them. Without them everything
        works on one thread. This page is <span id="isolation">either; with JavaScript it says which</span>.
      </p>

      <h2>Accessibility</h2>
      <p>
        The site aims at WCAG 2.2 level AA. Every function works by keyboard; each slider has a number field;
        each picture has a name, a sentence on its state and a table of values; no meaning rests on colour
        alone; what starts by itself can be paused, and does not start where reduced motion is preferred. axe
        runs over every page, in both themes and at two widths, in the tests of this repository. Without
        JavaScript, formulas, tables, figures and published values remain. Known gaps: the pictures of weights
        and surfaces are described by numbers alone, and MathML is only as good as the browser's.
      </p>

      <Versions />
      <Licences />
    </>
  );
}
