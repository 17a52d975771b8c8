import { add, matMul, mul, type Node, reshape } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { LayerSpec, ParameterSpec } from '../../layerSpec.js';
import { featuresOf, requireOneOf, requireWhole, singleInput } from '../checks.js';
import { bSplineBasis, type OutsideGrid } from './bSplineBasis.js';
import { bSplineValues } from './bSplineValues.js';
import { requireRange, requireScale } from './gridChecks.js';
import { activationMeanSquare, normalMeanSquare, normalPoints } from './normalMeanSquare.js';

export interface SplineKanConfig {
  /** Outputs per position. */
  readonly units: number;
  /** G: intervals of the grid. */
  readonly gridSize: number;
  /** k: degree of the pieces, 3 is cubic; k - 1 derivatives are continuous. */
  readonly splineOrder: number;
  /** Ends of the grid of every feature, until `updateSplineGrid` moves it to the data. */
  readonly gridRange: readonly [number, number];
  /** What the splines do beyond the ends of the grid. */
  readonly outside: OutsideGrid;
  /** The path baseActivation(x) W beside the splines. */
  readonly useBase: boolean;
  /** Of the dense part beside the splines. */
  readonly baseActivation: ActivationName;
  /** A trained factor per edge on its whole spline, from 1. */
  readonly useSplineScaler: boolean;
  /** Standard deviation that the base path gives to the outputs at the start, for unit-variance inputs. */
  readonly scaleBase: number;
  /** The same for the splines; 0 starts without them. */
  readonly scaleSpline: number;
  /** Law of baseKernel and splineKernel in place of the two scales. */
  readonly kernelInitializer: InitializerConfig | null;
}

const policies: { readonly [K in OutsideGrid]: true } = { zero: true, linear: true, clamp: true };

/**
 * Kolmogorov-Arnold layer: a learned function on every edge from a feature to a unit, summed.
 *
 * y_o = Σ_i baseActivation(x_i) W_io + Σ_i s_io Σ_j c_ijo B_ij(x_i),     s = 1 without useSplineScaler
 *
 * B_ij are the B-splines of order k on the grid of feature i, by the recurrence of Cox and de Boor (`bSplineBasis`). The
 * grid is a parameter that no optimizer touches: it is saved, `updateSplineGrid` fits it to data, `extendSplineGrid`
 * refines it.
 *
 * Shapes   x [B, ..., n]; grid [n, G + 2k + 1], not trained; baseKernel [n, units], splineKernel [n, G + k, units],
 *          splineScaler [n, units] → y [B, ..., units]
 * Degree   none in x; piecewise k between the knots
 * Cost     2·B·n·(G + k + 1)·units flops and about 6·B·n·(G + 2k)·k for the splines
 * Start    baseKernel uniform with variance scaleBase² / (n E[b(z)²]), splineKernel with scaleSpline² / (n E[Σ_j B_j(z)²]),
 *          z ~ N(0, 1): unit-variance inputs give outputs of variance scaleBase² + scaleSpline². Splines are steep (inside a
 *          grid of spacing h cubic ones have slopes of variance 1.4 / h² times their own), so by default they hold a
 *          hundredth of the variance: gradients then grow by 1.11 in variance per layer, and by 2.5 where both scales
 *          are equal. { scaleSpline: 0, baseActivation: 'linear' } is `dense` without bias.
 * Numerics C^(k-1) in x, C^1 at the ends with 'linear', C^0 with 'clamp'. Derivatives are finite everywhere, at |x| = 20 and
 *          at the ends too. Nothing is added for a bias: Σ_j B_j = 1 on the grid holds it
 * Pitfalls knots must rise strictly inside the grid; with 'zero', inputs beyond the outer knots reach no spline and train
 *          none
 * Throws   ShapeError unless there is one input of rank >= 2; ValueError on units or gridSize below 1, splineOrder below 0,
 *          an empty range, an unknown policy, a negative scale
 * Source   Liu et al. 2024, KAN: Kolmogorov-Arnold Networks; the basis form of efficient-kan
 */
export const splineKanSpec: LayerSpec<SplineKanConfig> = {
  name: 'splineKan',
  title: 'Spline KAN',
  formula: 'y_o = sum_i base(x_i) W_io + sum_i s_io sum_j c_ijo B_ij(x_i)',
  source:
    'Liu et al. 2024, KAN: Kolmogorov-Arnold Networks, arXiv 2404.19756; basis form: Blealtan/efficient-kan',
  defaults: {
    gridSize: 5,
    splineOrder: 3,
    gridRange: [-1, 1],
    outside: 'linear',
    useBase: true,
    baseActivation: 'swish',
    useSplineScaler: false,
    scaleBase: 1,
    scaleSpline: 0.1,
    kernelInitializer: null,
  },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 2 }, inputShapes: [[3]] },
    { config: { units: 1, gridSize: 3, outside: 'zero', gridRange: [-2, 2] }, inputShapes: [[2]] },
    { config: { units: 2, gridSize: 2, outside: 'clamp', useSplineScaler: true }, inputShapes: [[2, 2]] },
    { config: { units: 2, gridSize: 1, splineOrder: 2, useBase: false }, inputShapes: [[1]] },
    { config: { units: 2, splineOrder: 1, baseActivation: 'tanh' }, inputShapes: [[2, 1, 2]] },
    { config: { units: 1, gridSize: 3, splineOrder: 0, baseActivation: 'linear' }, inputShapes: [[2]] },
  ],
  largeSample: { config: { units: 17 }, batch: 65, inputShapes: [[7]] },
  inputKind: 'features',
  starts: { calibrated: {}, identity: { scaleSpline: 0, baseActivation: 'linear' } },
  parameterFormula:
    'n (gridSize + 2 splineOrder + 1) of the grid, n units of the base, n (gridSize + splineOrder) units of the splines, n units of scalers',
  parameterCount: ({ units, gridSize: G, splineOrder: k, useBase, useSplineScaler }, [shape]) =>
    featuresOf(shape) * (G + 2 * k + 1 + units * (G + k + (useBase ? 1 : 0) + (useSplineScaler ? 1 : 0))),
  isSmooth: true,
  degree: () => undefined,
  outputShape(config, inputShapes) {
    requireOptions(config);
    return [...singleInput('splineKan', inputShapes).slice(0, -1), config.units];
  },
  parameters: (config, [shape]) => parametersOf(config, featuresOf(shape)),
  forward({ config, inputs: [x], parameters: p }) {
    const splines = splinePath(x, config, p);
    if (!config.useBase) return { output: splines };
    const base = matMul(activation(config.baseActivation).apply(x), p.baseKernel);
    return { output: add(base, splines) };
  },
};

function requireOptions({
  units,
  gridSize,
  splineOrder,
  gridRange,
  outside,
  scaleBase,
  scaleSpline,
}: SplineKanConfig): void {
  requireWhole('splineKan', 'units', units, 1);
  requireWhole('splineKan', 'gridSize', gridSize, 1);
  requireWhole('splineKan', 'splineOrder', splineOrder, 0);
  requireOneOf('splineKan', 'outside', outside, Object.keys(policies));
  requireRange('splineKan', gridRange);
  requireScale('splineKan', 'scaleBase', scaleBase);
  requireScale('splineKan', 'scaleSpline', scaleSpline);
}

function parametersOf(config: SplineKanConfig, n: number): ParameterSpec[] {
  const { units, gridSize, splineOrder, useBase, useSplineScaler } = config;
  const grid = gridLaw(config);
  const laws = startLaws(config, grid);
  const edges = { shape: [n, units], role: 'kernel', fanAxes: { in: [0], out: [1] } } as const;
  const baseKernel: ParameterSpec = { ...edges, name: 'baseKernel', initializer: laws.base };
  const splineScaler: ParameterSpec = {
    ...edges,
    name: 'splineScaler',
    initializer: initializers.ones,
    group: 'higherOrder',
  };
  return [
    {
      name: 'grid',
      shape: [n, gridSize + 2 * splineOrder + 1],
      role: 'other',
      initializer: grid,
      isTrainable: false,
    },
    ...(useBase ? [baseKernel] : []),
    {
      name: 'splineKernel',
      shape: [n, gridSize + splineOrder, units],
      role: 'kernel',
      initializer: laws.spline,
      fanAxes: { in: [0, 1], out: [2] },
      group: 'higherOrder',
    },
    ...(useSplineScaler ? [splineScaler] : []),
  ];
}

type GridLaw = Extract<InitializerConfig, { kind: 'linspace' }>;

/** k more knots beyond each end, at the spacing of the grid. */
function gridLaw({ gridRange: [from, to], gridSize, splineOrder }: SplineKanConfig): GridLaw {
  const beyond = (splineOrder * (to - from)) / gridSize;
  return { kind: 'linspace', start: from - beyond, stop: to + beyond };
}

function startLaws(
  config: SplineKanConfig,
  { start, stop }: GridLaw,
): { base: InitializerConfig; spline: InitializerConfig } {
  const { kernelInitializer, gridSize, splineOrder, baseActivation, scaleBase, scaleSpline } = config;
  if (kernelInitializer !== null) return { base: kernelInitializer, spline: kernelInitializer };
  const intervals = gridSize + 2 * splineOrder;
  const knots = Array.from({ length: intervals + 1 }, (_, at) => start + ((stop - start) * at) / intervals);
  const ofSplines = normalMeanSquare(normalPoints.map((z) => bSplineValues(z, knots, config)));
  const law = (scale: number): InitializerConfig => ({
    kind: 'varianceScaling',
    scale,
    mode: 'fanIn',
    distribution: 'uniform',
  });
  return {
    base: law(scaleBase ** 2 / activationMeanSquare(baseActivation)),
    // The fan-in of splineKernel counts every spline: n (G + k).
    spline: law((scaleSpline ** 2 * (gridSize + splineOrder)) / ofSplines),
  };
}

/** Splines of all features side by side, in one product with their coefficients. */
function splinePath(x: Node, config: SplineKanConfig, p: Readonly<Record<string, Node>>): Node {
  const { units, gridSize, splineOrder, useSplineScaler } = config;
  const n = featuresOf(x.shape);
  const size = n * (gridSize + splineOrder);
  const basis = reshape(bSplineBasis(x, p.grid, config), [...x.shape.slice(0, -1), size]);
  const kernel = useSplineScaler
    ? mul(p.splineKernel, reshape(p.splineScaler, [n, 1, units]))
    : p.splineKernel;
  return matMul(basis, reshape(kernel, [size, units]));
}
