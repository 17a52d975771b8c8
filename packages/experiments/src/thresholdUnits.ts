/** @file The units of seed 004 without hidden layers: gates, perceptrons, and the XOR that one of them cannot do. */
import { createRandom } from '@polyneuron/datasets';
import { cast, input, type Node, programOf } from '@polyneuron/graph';
import { fitPerceptron, logicalAnd, logicalNor, logicalOr, perceptronProgram } from '@polyneuron/kernels';
import { quadDense } from '@polyneuron/layers';
import { sequential } from '@tensorflow/tfjs-layers';
import type { ExperimentContext } from './experimentSpec.js';
import { regressionMetrics } from './measure.js';
import type { Contender, Figure } from './result.js';
import { trainContender } from './trainContender.js';

const corners = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const;
const gates = { AND: logicalAnd, OR: logicalOr, NOR: logicalNor } as const;
type GateName = keyof typeof gates;
const truth: Readonly<Record<GateName | 'XOR', readonly number[]>> = {
  AND: [0, 0, 0, 1],
  OR: [0, 1, 1, 1],
  NOR: [1, 0, 0, 0],
  XOR: [0, 1, 1, 0],
};
/** Epochs after which a perceptron that still errs on four points is called non-convergent. */
const maxEpochs = 1000;
const pointCount = 100;
const quadSteps = 500;

/** The document's classifier, and the one after its update of weights and bias. */
const documentUnits = [
  { title: 'Perceptron of the document, w = [1, 0.5], b = -0.5', weight: [1, 0.5], bias: -0.5 },
  { title: 'Perceptron of the document, updated: w = [-0.5, 0.2], b = 0', weight: [-0.5, 0.2], bias: 0 },
] as const;

export interface ThresholdUnits {
  readonly contenders: readonly Contender[];
  readonly figures: readonly Figure[];
  readonly summary: string;
}

export async function thresholdUnits(
  context: ExperimentContext,
  nextSeed: () => number,
): Promise<ThresholdUnits> {
  const gateTable = await runGates(context);
  const perceptrons = (Object.keys(truth) as (keyof typeof truth)[]).map((gate) => learnGate(gate));
  const not = fitPerceptron([[0], [1]], [1, 0]);
  const xor = await learnXorByQuadDense(context, nextSeed());
  const points = randomPoints(context.seed);
  const documentFigures = await Promise.all(documentUnits.map((unit) => classify(context, points, unit)));
  const learned = learnBoundary(points);
  return {
    contenders: [...perceptrons, learned.contender, xor],
    figures: [gateTable, ...documentFigures, learned.figure],
    summary:
      `the learning rule separates AND, OR and NOR; NOT is possible too (w = ${format(not.weights[0])}, b = ${format(not.bias)}); XOR is not linearly ` +
      `separable, and after ${maxEpochs} epochs the rule still errs on it, while one quadDense neuron of 9 parameters, start: 'random', ` +
      `learns it (MSE ${format(xor.metrics.test.mse)}). The boundary figures have 100 points of our own random numbers.`,
  };
}

/** The gates as programs on the backend, for every input, beside their truth tables. */
async function runGates({ backend }: ExperimentContext): Promise<Figure> {
  const x = input('x', { shape: [corners.length, 2], dtype: 'float32' });
  const asFloat = (node: Node) => cast(node, 'float32');
  const outputs = Object.fromEntries(
    (Object.keys(gates) as GateName[]).map((gate) => [gate, asFloat(gates[gate](x, [1]))]),
  );
  const executable = await backend.compile(programOf('gates', outputs));
  const values = await executable.run({ x: Float32Array.from(corners.flat()) });
  executable.dispose();
  return {
    kind: 'table',
    title: 'McCulloch-Pitts gates',
    columns: ['x', ...Object.keys(gates), 'as the truth tables'],
    rows: corners.map((corner, row) => {
      const computed = (Object.keys(gates) as GateName[]).map(
        (gate) => (values[gate] as ArrayLike<number>)[row] as number,
      );
      const isRight = (Object.keys(gates) as GateName[]).every(
        (gate, at) => truth[gate][row] === computed[at],
      );
      return [corner.join(' '), ...computed, isRight ? 'yes' : 'no'];
    }),
  };
}

/** Name of the contender that learned a gate, or did not. */
export function perceptronName(task: string, hasConverged: boolean): string {
  return `perceptron on ${task}${hasConverged ? '' : ' (does not converge)'}`;
}

function learnGate(gate: keyof typeof truth): Contender {
  const started = performance.now();
  const fitted = fitPerceptron(corners, truth[gate], { maxEpochs });
  const seconds = (performance.now() - started) / 1000;
  const accuracy = accuracyOf(fitted.weights, fitted.bias, corners, truth[gate]);
  return {
    name: perceptronName(gate, fitted.hasConverged),
    parameters: 3,
    epochs: fitted.mistakesPerEpoch.length,
    seconds,
    metrics: { train: { accuracy }, test: { accuracy } },
    history: { mistakes: fitted.mistakesPerEpoch.slice(0, 50) },
  };
}

async function learnXorByQuadDense(context: ExperimentContext, seed: number): Promise<Contender> {
  const samples = {
    x: Float32Array.from(corners.flat()),
    y: Float32Array.from(truth.XOR),
    xShape: [4, 2],
    yShape: [4, 1],
    count: 4,
  };
  const model = sequential();
  model.add(quadDense({ name: 'unit', units: 1, inputShape: [2], start: 'random', seed }));
  const { contender, predictions } = await trainContender(context, {
    name: 'quadDense(1) on XOR',
    model,
    loss: 'meanSquaredError',
    measure: regressionMetrics,
    data: { train: samples, test: samples },
    epochs: quadSteps,
    batchSize: 4,
    shuffle: false,
    optimizer: { name: 'adam', learningRate: { from: 0.1, to: 0.001, steps: quadSteps } },
  });
  const hits = truth.XOR.filter(
    (label, at) => ((predictions.test[at] as number) >= 0.5 ? 1 : 0) === label,
  ).length;
  const withAccuracy = (metrics: Contender['metrics']['test']) => ({ ...metrics, accuracy: hits / 4 });
  const { train, test } = contender.metrics;
  return { ...contender, metrics: { train: withAccuracy(train), test: withAccuracy(test) } };
}

type Point = readonly [number, number];

/** The document draws normal points without a seed. */
function randomPoints(seed: number): Point[] {
  const random = createRandom(seed);
  return Array.from({ length: pointCount }, () => [random.normal(), random.normal()] as const);
}

async function classify(
  { backend }: ExperimentContext,
  points: readonly Point[],
  { title, weight, bias }: (typeof documentUnits)[number],
): Promise<Figure> {
  const executable = await backend.compile(perceptronProgram(points.length, 2));
  const { y } = await executable.run({
    x: Float32Array.from(points.flat()),
    weights: Float32Array.from(weight),
    bias: Float32Array.of(bias),
  });
  executable.dispose();
  return boundary(title, points, y as ArrayLike<number>, weight, bias);
}

/** The learning rule on points that the document's own unit labels: it must find a line that separates them. */
function learnBoundary(points: readonly Point[]): { readonly contender: Contender; readonly figure: Figure } {
  const [{ weight, bias }] = documentUnits;
  const labels = points.map(([x, y]) => (weight[0] * x + weight[1] * y + bias >= 0 ? 1 : 0));
  const started = performance.now();
  const fitted = fitPerceptron(points, labels, { maxEpochs });
  const seconds = (performance.now() - started) / 1000;
  const accuracy = accuracyOf(fitted.weights, fitted.bias, points, labels);
  const learned = [fitted.weights[0] as number, fitted.weights[1] as number] as const;
  return {
    contender: {
      name: perceptronName(`${pointCount} points`, fitted.hasConverged),
      parameters: 3,
      epochs: fitted.mistakesPerEpoch.length,
      seconds,
      metrics: { train: { accuracy }, test: { accuracy } },
      history: { mistakes: fitted.mistakesPerEpoch },
    },
    figure: boundary(
      `Perceptron learned from these labels: w = [${learned.map(format).join(', ')}], b = ${format(fitted.bias)}, ${fitted.mistakes} mistakes`,
      points,
      labels,
      learned,
      fitted.bias,
    ),
  };
}

function boundary(
  title: string,
  points: readonly Point[],
  labels: ArrayLike<number>,
  weight: readonly [number, number],
  bias: number,
): Figure {
  return {
    kind: 'boundary',
    title,
    points: points.map(([x, y], at) => ({ x, y, isPositive: labels[at] === 1 })),
    weight,
    bias,
  };
}

function accuracyOf(
  weights: ArrayLike<number>,
  bias: number,
  samples: readonly (readonly number[])[],
  labels: readonly number[],
): number {
  const hits = samples.filter((sample, row) => {
    const activation = sample.reduce((sum, x, at) => sum + x * (weights[at] as number), bias);
    return (activation >= 0 ? 1 : 0) === labels[row];
  });
  return hits.length / samples.length;
}

function format(value: number | undefined): string {
  return value === undefined ? '?' : String(Number(value.toPrecision(3)));
}
