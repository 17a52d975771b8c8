import { add, einsum, expandDims, matMul, type Node, reshape } from '@polyneuron/graph';
import { type ActivationName, activation } from '../../activations/activations.js';
import type { LayerSpec } from '../../layerSpec.js';
import { featuresOf, requireWhole } from '../checks.js';
import { asGroups, conditionedInputs } from './conditioning.js';
import {
  type RoutingConfig,
  requireRouting,
  routedLaw,
  routeExperts,
  routingDefaults,
  routingParameters,
} from './routing.js';

export interface CondDenseConfig extends RoutingConfig {
  /** Outputs per position. */
  readonly units: number;
  readonly activation: ActivationName;
  /** Give every expert a bias; the routing always has one. */
  readonly useBias: boolean;
}

/**
 * Dense layer whose weights are a mixture of experts, mixed by a routing of the input.
 *
 * y = activation(x Σ_k a_k W_k + Σ_k a_k b_k) = activation(Σ_k a_k (x W_k + b_k))
 * a = routing((z routingKernel + routingBias) / temperature)                  sigmoid, or softmax over the experts
 *
 * Inputs [x], which routes itself (z = x), or [x, z] with z over the batch or more leading axes of x: the rows of x that
 * share a z share one mixed kernel, which is then computed once; with one row each the outputs are mixed instead.
 *
 * Shapes   x [B, ..., n], z [B, ..., m]; kernel [experts, n, units], bias [experts, units], routingKernel [m, experts],
 *          routingBias [experts] → y [B, ..., units]
 * Degree   none: the routing is no polynomial; 1 with one expert under softmax, whose share is 1
 * Cost     2·E·n·units flops per row where z = x; 2·G·E·n·units + 2·B·n·units for G mixtures of B rows
 * Start    routing at 0: every expert has the same share and the layer is linear, a plain dense layer with the mixed
 *          kernel; expert kernels are drawn per slice with variance 4 / (E n) for sigmoid, E / n for softmax, so that
 *          E[y²] = E[x²]
 * Pitfalls Glorot per expert shrinks a softmax mixture by the number of experts; fans of the whole [E, n, units] shrink
 *          it by E once more; with one expert softmax ignores the routing parameters, whose gradients are 0
 * Throws   ShapeError unless the inputs are [x] or [x, z]; ValueError on sizes below 1, an unknown routing, a
 *          temperature that is not above 0
 * Source   Yang et al. 2019, CondConv: Conditionally Parameterized Convolutions for Efficient Inference; softmax with
 *          temperature: Chen et al. 2020, Dynamic Convolution
 */
export const condDenseSpec: LayerSpec<CondDenseConfig> = {
  name: 'condDense',
  title: 'Conditional dense',
  formula:
    'y = activation(sum_k a_k (x W_k + b_k))\na = routing((z R + r) / temperature), z = x or a second input',
  source: 'Yang et al. 2019, CondConv: Conditionally Parameterized Convolutions for Efficient Inference',
  defaults: { ...routingDefaults, activation: 'linear', useBias: true },
  required: { units: 'number of outputs' },
  samples: [
    { config: { units: 2, experts: 3 }, inputShapes: [[3]] },
    { config: { units: 2, experts: 2, routing: 'softmax', temperature: 2 }, inputShapes: [[3, 2], [2]] },
    { config: { units: 2, experts: 1, routing: 'softmax' }, inputShapes: [[2, 1, 3]] },
    { config: { units: 1, experts: 2, useBias: false, activation: 'tanh' }, inputShapes: [[2], [1]] },
  ],
  largeSample: {
    config: { units: 17, experts: 3, routing: 'softmax', activation: 'tanh' },
    batch: 33,
    inputShapes: [[39]],
  },
  inputKind: 'features',
  starts: { calibrated: {}, identity: {} },
  parameterFormula: 'experts (n units + units) + (m + 1) experts',
  parameterCount: ({ units, experts, useBias }, [x, z = x]) =>
    experts * ((featuresOf(x) + (useBias ? 1 : 0)) * units + featuresOf(z) + 1),
  isSmooth: true,
  degree: ({ experts, routing }) => (experts === 1 && routing === 'softmax' ? 1 : undefined),
  outputShape(config, inputShapes) {
    requireWhole('condDense', 'units', config.units, 1);
    requireRouting('condDense', config);
    return [...conditionedInputs('condDense', inputShapes, 'leading', true), config.units];
  },
  parameters(config, [x, z = x]) {
    const { units, experts, useBias, biasInitializer } = config;
    return [
      {
        name: 'kernel',
        shape: [experts, featuresOf(x), units],
        role: 'kernel',
        initializer: routedLaw(config),
        fanAxes: { in: [1], out: [2] },
      },
      ...(useBias
        ? [{ name: 'bias', shape: [experts, units], role: 'bias', initializer: biasInitializer } as const]
        : []),
      ...routingParameters(config, featuresOf(z)),
    ];
  },
  forward({ config, inputs: [x, z = x], parameters: p }) {
    const groups = asGroups(x, z);
    const shares = routeExperts(config, groups.z, p);
    const y = groups.x.shape.length === 2 ? mixOutputs(groups.x, shares, p) : mixWeights(groups.x, shares, p);
    return {
      output: activation(config.activation).apply(reshape(y, [...x.shape.slice(0, -1), config.units])),
    };
  },
};

/** Σ_k a_k (x W_k + b_k): x [G, n], shares [G, E] → [G, units]. */
function mixOutputs(x: Node, shares: Node, { kernel, bias }: Readonly<Record<string, Node>>): Node {
  const outputs = einsum('gi,eio->geo', x, kernel);
  return einsum('ge,geo->go', shares, bias === undefined ? outputs : add(outputs, bias));
}

/** x Σ_k a_k W_k + Σ_k a_k b_k: x [G, T, n], shares [G, E] → [G, T, units]. */
function mixWeights(x: Node, shares: Node, { kernel, bias }: Readonly<Record<string, Node>>): Node {
  const y = einsum('gti,gio->gto', x, einsum('ge,eio->gio', shares, kernel));
  return bias === undefined ? y : add(y, expandDims(matMul(shares, bias), 1));
}
