import { normalizeAxis, type Shape, ShapeError, sizeOf } from '@polyneuron/graph';
import { type FanAxes, fansOf } from './fans.js';
import { type InitializerConfig, initializer } from './initializer.js';
import { orthonormalRows } from './orthogonal.js';
import { slicesOf } from './slices.js';
import { type Stream, stream } from './stream.js';

/** The part of a ParameterSpec that decides its first values. */
export interface InitialLaw {
  readonly shape: Shape;
  readonly initializer: string | InitializerConfig;
  readonly fanAxes?: FanAxes;
}

type Kind = InitializerConfig['kind'];
type Draw<K extends Kind> = (
  law: Extract<InitializerConfig, { kind: K }>,
  weight: InitialLaw,
  random: Stream,
) => Float32Array;

/** Standard deviation of a standard normal cut at ±2. */
const truncatedDeviation = 0.8796256610342398;

const fill = (shape: Shape, draw: () => number): Float32Array =>
  Float32Array.from({ length: sizeOf(shape) }, draw);

const draws: { readonly [K in Kind]: Draw<K> } = {
  zeros: (_, { shape }) => fill(shape, () => 0),
  ones: (_, { shape }) => fill(shape, () => 1),
  constant: ({ value }, { shape }) => fill(shape, () => value),
  linspace: ({ start, stop }, { shape }) => {
    const count = shape.at(-1) ?? 1;
    const step = count > 1 ? (stop - start) / (count - 1) : 0;
    return Float32Array.from({ length: sizeOf(shape) }, (_, at) => start + step * (at % count));
  },
  uniform: ({ min, max }, { shape }, random) => fill(shape, () => min + (max - min) * random.uniform()),
  normal: ({ mean, stddev }, { shape }, random) => fill(shape, () => mean + stddev * random.normal()),
  truncatedNormal: ({ mean, stddev }, { shape }, random) =>
    fill(shape, () => mean + stddev * random.truncatedNormal()),
  varianceScaling: ({ scale, mode, distribution }, { shape, fanAxes }, random) => {
    const { fanIn, fanOut } = fansOf(shape, fanAxes);
    const fan = { fanIn, fanOut, fanAvg: (fanIn + fanOut) / 2 }[mode];
    const deviation = Math.sqrt(scale / Math.max(1, fan));
    const standard = {
      // Uniform on ±√3 has variance 1.
      uniform: () => Math.sqrt(3) * (2 * random.uniform() - 1),
      normal: () => random.normal(),
      truncatedNormal: () => random.truncatedNormal() / truncatedDeviation,
    }[distribution];
    return fill(shape, () => deviation * standard());
  },
  identity: ({ gain }, { shape, fanAxes }) => {
    const slices = slicesOf('initializer identity', shape, fanAxes);
    const values = new Float32Array(sizeOf(shape));
    for (let slice = 0; slice < slices.count; slice++) {
      for (let at = 0; at < Math.min(slices.rows, slices.columns); at++)
        values[slices.at(slice, at, at)] = gain;
    }
    return values;
  },
  orthogonal: ({ gain }, { shape, fanAxes }, random) => {
    const { count, rows, columns, at } = slicesOf('initializer orthogonal', shape, fanAxes);
    const values = new Float32Array(sizeOf(shape));
    const isWide = rows < columns;
    for (let slice = 0; slice < count; slice++) {
      const basis = orthonormalRows(Math.min(rows, columns), Math.max(rows, columns), random);
      basis.forEach((vector, index) => {
        vector.forEach((value, along) => {
          values[isWide ? at(slice, index, along) : at(slice, along, index)] = gain * value;
        });
      });
    }
    return values;
  },
  stacked: ({ axis, laws }, { shape, fanAxes }, random) => {
    const along = normalizeAxis('initializer stacked', axis, shape.length);
    if (laws.length !== shape[along]) {
      throw new ShapeError({
        subject: 'initializer stacked',
        expected: `a weight with extent ${laws.length} along axis ${axis}, one law for each index`,
        received: `[${shape.join(', ')}]`,
        fix: 'pass as many laws as the axis has indices',
      });
    }
    const part = { shape: shape.toSpliced(along, 1), fanAxes: withoutAxis(fanAxes, along) };
    const inner = sizeOf(shape.slice(along + 1));
    const values = new Float32Array(sizeOf(shape));
    for (const [index, law] of laws.entries()) {
      (draws[law.kind] as Draw<Kind>)(law, { ...part, initializer: law }, random).forEach((value, at) => {
        values[(Math.floor(at / inner) * laws.length + index) * inner + (at % inner)] = value;
      });
    }
    return values;
  },
};

/** The axes of what is left of a weight when one axis is taken out. */
function withoutAxis(axes: FanAxes | undefined, gone: number): FanAxes | undefined {
  const left = (list: readonly number[]) =>
    list.flatMap((axis) => (axis === gone ? [] : [axis > gone ? axis - 1 : axis]));
  return axes && { in: left(axes.in), out: left(axes.out) };
}

/**
 * First values of a weight, a function of its law, the seed and its path alone.
 *
 * `path` names the weight within the model, such as 'dense_1/kernel'; weights with different paths get independent
 * values from one seed.
 *
 * Throws   ValueError on an unknown or impossible law or seed; ShapeError when a matrix law meets a vector
 */
export function initialValues(weight: InitialLaw, seed: number, path: string): Float32Array {
  const law = initializer(weight.initializer);
  const draw = draws[law.kind] as Draw<Kind>;
  return draw(law, weight, stream(seed, path));
}
