/** @file How the weights of each kind of layer are drawn: a table over the kinds, so that a new kind asks for its view. */
import type { ComponentChildren, FunctionComponent } from 'preact';
import type { PointCloud } from '../../drawing/paintPoints.js';
import type { LayerKind } from '../../state/network.js';
import type { Point } from '../Surface.js';
import { ConicView } from './ConicView.js';
import { CurvePlot } from './CurvePlot.js';
import { type LayerWeights, largestSize, triangleIndex, type WeightTensor } from './layerWeights.js';
import { chebyshevValues, curveOf, powerValues } from './polynomials.js';
import { type OnEdit, type WeightCell, WeightGrid } from './WeightGrid.js';

export interface WeightViewProps {
  readonly weights: LayerWeights;
  /** The unit that is shown where each unit has a picture of its own. */
  readonly unit: number;
  /** Samples of the run, where the layer's inputs are those of the plane. */
  readonly cloud?: PointCloud;
  /** The probed input, for weights that depend on it. */
  readonly probe?: Point;
  readonly onEdit: OnEdit;
}

/** Whether a view shows one unit at a time. */
export const showsOneUnit: { readonly [K in LayerKind | 'features']: boolean } = {
  q: true,
  x: false,
  h: false,
  t: true,
  c: true,
  f: true,
  d: false,
  features: false,
};

export const weightViews: { readonly [K in LayerKind | 'features']: FunctionComponent<WeightViewProps> } = {
  q: QuadraticView,
  x: CrossView,
  h: HyperView,
  t: (props) => <SeriesView {...props} basis={powerValues} symbol="x" hasStems={false} />,
  c: (props) => <SeriesView {...props} basis={chebyshevValues} symbol="T" hasStems={true} />,
  f: FactorizationView,
  d: DenseView,
  features: DenseView,
};

const unitNames = (units: number) => Array.from({ length: units }, (_, at) => `unit ${at + 1}`);

const cellOf = ({ name, values }: WeightTensor, index: number): WeightCell => ({
  value: values[index],
  edit: { weight: name, index },
});

/** y = x K + b: a row per unit, a column per input, the bias last. */
function DenseView({ weights: { tensors, units, inputNames }, onEdit }: WeightViewProps) {
  const { kernel, bias } = tensors;
  if (!kernel) return null;
  const [rows, columns] = kernel.shape;
  const names = rows === inputNames.length ? inputNames : ['x1', 'x2', 'x1²', 'x1·x2', 'x2²'].slice(5 - rows);
  return (
    <WeightGrid
      title="weights"
      rows={unitNames(units)}
      columns={[...names.slice(0, rows), ...(bias ? ['bias'] : [])]}
      limit={largestSize(kernel.values, bias?.values ?? [])}
      cell={(unit, input) =>
        input < rows ? cellOf(kernel, input * columns + unit) : bias && cellOf(bias, unit)
      }
      onEdit={onEdit}
    />
  );
}

/** xᵀ A x + l·x + b of one unit: the symmetric matrix A with l and b below, and its conic. */
function QuadraticView(props: WeightViewProps) {
  const { weights, unit, cloud, onEdit } = props;
  const { kernelS, kernelQ, kernelLambda, kernelL, biasL } = weights.tensors;
  const { inputs: n, units, inputNames } = weights;
  const rank = kernelLambda ? kernelLambda.shape[1] : 0;
  /** Entry of A, from the triangle or from the factors. */
  const entry = (i: number, j: number): WeightCell => {
    if (kernelS) {
      const index = triangleIndex(i, j, n) * units + unit;
      const half = i === j ? 1 : 2;
      return { value: kernelS.values[index] / half, edit: { weight: kernelS.name, index, factor: half } };
    }
    let value = 0;
    for (let r = 0; r < rank; r++) {
      const q = (input: number) => kernelQ.values[(input * units + unit) * rank + r];
      value += kernelLambda.values[unit * rank + r] * q(i) * q(j);
    }
    return { value };
  };
  const linear = (input: number) => cellOf(kernelL, input * units + unit);
  const values = inputNames.flatMap((_, i) => inputNames.map((__, j) => entry(i, j).value));
  const limit = largestSize(
    values,
    inputNames.map((_, i) => linear(i).value),
    [biasL.values[unit]],
  );
  return (
    <Views>
      <WeightGrid
        title="form A"
        rows={inputNames}
        columns={inputNames}
        limit={limit}
        cell={entry}
        onEdit={onEdit}
      />
      {n === 2 && weights.isFirst && (
        <ConicView
          title={`unit ${unit + 1}`}
          coefficients={{
            xx: entry(0, 0).value,
            xy: 2 * entry(0, 1).value,
            yy: entry(1, 1).value,
            x: linear(0).value,
            y: linear(1).value,
            one: biasL.values[unit],
          }}
          cloud={cloud}
        />
      )}
      <WeightGrid
        title="linear, bias"
        rows={['l']}
        columns={[...inputNames, 'bias']}
        limit={limit}
        cell={(_, column) => (column < n ? linear(column) : cellOf(biasL, unit))}
        onEdit={onEdit}
      />
      {kernelQ && (
        <WeightGrid
          title="factors q, and their λ"
          rows={Array.from({ length: rank }, (_, r) => `q${r + 1}`)}
          columns={[...inputNames, 'λ']}
          limit={largestSize(kernelQ.values, kernelLambda.values)}
          cell={(r, column) =>
            column < n
              ? cellOf(kernelQ, (column * units + unit) * rank + r)
              : cellOf(kernelLambda, unit * rank + r)
          }
          onEdit={onEdit}
        />
      )}
    </Views>
  );
}

/** One matrix (or vector) and one bias per depth. */
function CrossView({ weights: { tensors, inputNames }, onEdit }: WeightViewProps) {
  const depths = Object.keys(tensors).filter((name) => /^kernel\d+$/.test(name)).length;
  return (
    <Views>
      {Array.from({ length: depths }, (_, depth) => {
        const kernel = tensors[`kernel${depth}`];
        const bias = tensors[`bias${depth}`];
        const n = inputNames.length;
        const isMatrix = kernel.values.length === n * n && n > 1;
        return (
          <WeightGrid
            key={depth}
            title={`depth ${depth + 1}`}
            rows={isMatrix ? inputNames : ['w']}
            columns={[...inputNames, ...(isMatrix ? ['bias'] : [])]}
            limit={largestSize(kernel.values, bias?.values ?? [])}
            // Row i says what multiplies input i: column i of the kernel, so that it reads as x_i · (row · x + bias)
            cell={(row, column) =>
              column < n ? cellOf(kernel, isMatrix ? column * n + row : column) : bias && cellOf(bias, row)
            }
            onEdit={onEdit}
          />
        );
      })}
    </Views>
  );
}

/** The matrix that the generator makes at the probed input, and the generator itself. */
function HyperView({ weights, probe, onEdit }: WeightViewProps) {
  const { tensors, inputs: n, units, inputNames, isFirst } = weights;
  const { hiddenKernel, hiddenBias, emissionKernel, emissionBias } = tensors;
  const x = isFirst ? Array.from({ length: n }, (_, input) => probe?.[input] ?? 0) : undefined;
  const generated = x && emit(x, tensors);
  const hidden = emissionKernel.shape[0];
  const count = emissionKernel.shape[1];
  const targets = Array.from({ length: count }, (_, at) =>
    at < n * units ? `W${inputNames[Math.floor(at / units)]}→${(at % units) + 1}` : `b${at - n * units + 1}`,
  );
  const sources = hiddenKernel ? Array.from({ length: hidden }, (_, at) => `z${at + 1}`) : inputNames;
  return (
    <Views>
      {generated && x && (
        <WeightGrid
          title={`generated at (${x.map((value) => Number(value.toFixed(2))).join(', ')})`}
          rows={unitNames(units)}
          columns={[...inputNames, 'bias']}
          limit={largestSize(generated)}
          cell={(unit, input) => ({ value: generated[input < n ? input * units + unit : n * units + unit] })}
        />
      )}
      <WeightGrid
        title="generator"
        rows={targets}
        columns={[...sources, 'bias']}
        limit={largestSize(emissionKernel.values, emissionBias?.values ?? [])}
        cell={(row, column) =>
          column < hidden
            ? cellOf(emissionKernel, column * count + row)
            : emissionBias && cellOf(emissionBias, row)
        }
        onEdit={onEdit}
      />
      {hiddenKernel && (
        <WeightGrid
          title="generator's hidden layer"
          rows={sources}
          columns={[...inputNames, 'bias']}
          limit={largestSize(hiddenKernel.values, hiddenBias?.values ?? [])}
          cell={(row, column) =>
            column < n ? cellOf(hiddenKernel, column * hidden + row) : hiddenBias && cellOf(hiddenBias, row)
          }
          onEdit={onEdit}
        />
      )}
    </Views>
  );
}

/** θ(x) = h emissionKernel + emissionBias with h = x, or tanh(x hiddenKernel + hiddenBias). */
function emit(x: readonly number[], tensors: LayerWeights['tensors']): readonly number[] {
  const { hiddenKernel, hiddenBias, emissionKernel, emissionBias } = tensors;
  const apply = (input: readonly number[], kernel: WeightTensor, bias: WeightTensor | undefined) =>
    Array.from({ length: kernel.shape[1] }, (_, column) =>
      input.reduce(
        (sum, value, row) => sum + value * kernel.values[row * kernel.shape[1] + column],
        bias?.values[column] ?? 0,
      ),
    );
  const hidden = hiddenKernel ? apply(x, hiddenKernel, hiddenBias).map(Math.tanh) : x;
  return apply(hidden, emissionKernel, emissionBias);
}

interface SeriesViewProps extends WeightViewProps {
  readonly basis: (degree: number, t: number) => readonly number[];
  readonly symbol: string;
  readonly hasStems: boolean;
}

/** b + Σ_i Σ_d c_di φ_d(x_i) of one unit: coefficients by degree, and the curve of each edge. */
function SeriesView({ weights, unit, onEdit, basis, symbol, hasStems }: SeriesViewProps) {
  const { tensors, inputs: n, units, inputNames } = weights;
  const { kernel, kernelHigher, bias } = tensors;
  const degree = 1 + (kernelHigher?.shape[0] ?? 0);
  const coefficient = (input: number, d: number): WeightCell =>
    d === 1
      ? cellOf(kernel, input * units + unit)
      : cellOf(kernelHigher, ((d - 2) * n + input) * units + unit);
  const degrees = Array.from({ length: degree }, (_, at) => at + 1);
  const edges = inputNames.map((_, input) => [0, ...degrees.map((d) => coefficient(input, d).value)]);
  const curves = edges.map((coefficients) => curveOf(coefficients, basis));
  const tallest = largestSize(...curves);
  return (
    <Views>
      <WeightGrid
        title="coefficients"
        rows={[...degrees.map((d) => `${symbol}${hasStems ? '' : '^'}${d}`), ...(bias ? ['bias'] : [])]}
        columns={inputNames}
        limit={largestSize(...edges, bias ? [bias.values[unit]] : [])}
        cell={(row, input) => {
          if (row < degree) return coefficient(input, row + 1);
          return bias && input === 0 ? cellOf(bias, unit) : undefined;
        }}
        onEdit={onEdit}
      />
      <div class="curves">
        {curves.map((heights, input) => (
          <CurvePlot
            key={inputNames[input]}
            title={inputNames[input]}
            heights={heights}
            limit={tallest}
            {...(hasStems && { stems: edges[input].slice(1) })}
          />
        ))}
      </div>
    </Views>
  );
}

/** Factors of one unit, and the interactions ⟨v_i, v_j⟩ that they imply; the linear part and the bias. */
function FactorizationView({ weights, unit, onEdit }: WeightViewProps) {
  const { tensors, inputs: n, units, inputNames } = weights;
  const { linear, factors, bias } = tensors;
  const rank = factors.shape[2];
  const place = (input: number, k: number) => (input * units + unit) * rank + k;
  const product = (i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k < rank; k++) sum += factors.values[place(i, k)] * factors.values[place(j, k)];
    return sum;
  };
  const implied = inputNames.flatMap((_, i) => inputNames.map((__, j) => (i === j ? 0 : product(i, j))));
  return (
    <Views>
      <WeightGrid
        title="factors"
        rows={inputNames}
        columns={Array.from({ length: rank }, (_, k) => `v${k + 1}`)}
        limit={largestSize(factors.values)}
        cell={(input, k) => cellOf(factors, place(input, k))}
        onEdit={onEdit}
      />
      <WeightGrid
        title="interactions"
        rows={inputNames}
        columns={inputNames}
        limit={largestSize(implied)}
        cell={(i, j) => (i === j ? undefined : { value: product(i, j) })}
      />
      <WeightGrid
        title="linear, bias"
        rows={['w']}
        columns={[...inputNames, ...(bias ? ['bias'] : [])]}
        limit={largestSize(linear.values, bias?.values ?? [])}
        cell={(_, column) =>
          column < n ? cellOf(linear, column * units + unit) : bias && cellOf(bias, unit)
        }
        onEdit={onEdit}
      />
    </Views>
  );
}

function Views({ children }: { readonly children: ComponentChildren }) {
  return <div class="weight-views">{children}</div>;
}
