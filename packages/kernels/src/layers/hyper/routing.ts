/** @file Mixing weights of experts: how much each counts for an input. Shared by `condDense` and `condConv2d`. */
import { add, div, matMul, type Node, sigmoid, ValueError } from '@polyneuron/graph';
import { softmax } from '../../activations/softmax.js';
import { type InitializerConfig, initializers } from '../../initializers/initializer.js';
import type { ParameterSpec } from '../../layerSpec.js';
import { requireOneOf, requireWhole } from '../checks.js';

/** 'sigmoid': each expert counts by itself, as in CondConv. 'softmax': the shares sum to 1, as in dynamic convolution. */
export type Routing = 'sigmoid' | 'softmax';

export interface RoutingConfig {
  /** Number of experts. */
  readonly experts: number;
  readonly routing: Routing;
  /** Divides the routing logits: above 1 evens the shares, near 0 picks one expert. */
  readonly temperature: number;
  /** Law of each expert's kernel; null: that of `routedLaw`. */
  readonly kernelInitializer: InitializerConfig | null;
  /** Law of the kernel that chooses among experts; zeros weigh them alike. */
  readonly routingInitializer: InitializerConfig;
  readonly biasInitializer: InitializerConfig;
}

export const routingDefaults = {
  experts: 4,
  routing: 'sigmoid',
  temperature: 1,
  kernelInitializer: null,
  routingInitializer: initializers.zeros,
  biasInitializer: initializers.zeros,
} as const satisfies RoutingConfig;

const routings: {
  readonly [K in Routing]: { shares(logits: Node): Node; squaredShares(experts: number): number };
} = {
  // At logits 0: 1/2 each, E/4 the sum of squares
  sigmoid: { shares: sigmoid, squaredShares: (experts) => experts / 4 },
  // At logits 0: 1/E each, 1/E the sum of squares
  softmax: { shares: softmax, squaredShares: (experts) => 1 / experts },
};

export function requireRouting(layer: string, { experts, routing, temperature }: RoutingConfig): void {
  requireWhole(layer, 'experts', experts, 1);
  requireOneOf(layer, 'routing', routing, Object.keys(routings));
  if (temperature > 0 && temperature < Number.POSITIVE_INFINITY) return;
  throw new ValueError({
    subject: layer,
    expected: 'temperature to be a finite number above 0',
    received: String(temperature),
    fix: 'pass temperature: 1 for plain shares',
  });
}

/** Shares of the experts: routing((z routingKernel + routingBias) / temperature), z [G, m] → [G, experts]. */
export function routeExperts(
  { routing, temperature }: RoutingConfig,
  z: Node,
  p: Readonly<Record<string, Node>>,
): Node {
  const logits = add(matMul(z, p.routingKernel), p.routingBias);
  return routings[routing].shares(temperature === 1 ? logits : div(logits, temperature));
}

export function routingParameters(
  { experts, routingInitializer, biasInitializer }: RoutingConfig,
  m: number,
): ParameterSpec[] {
  return [
    {
      name: 'routingKernel',
      shape: [m, experts],
      role: 'kernel',
      initializer: routingInitializer,
      fanAxes: { in: [0], out: [1] },
      group: 'higherOrder',
    },
    {
      name: 'routingBias',
      shape: [experts],
      role: 'bias',
      initializer: biasInitializer,
      group: 'higherOrder',
    },
  ];
}

/**
 * Law of expert kernels that keeps the variance while the routing still gives every expert the same share a: the mixture
 * Σ_k a W_k of independent kernels of variance v has variance E a² v, so v = 1 / (E a² fanIn).
 */
export function routedLaw({ experts, routing, kernelInitializer }: RoutingConfig): InitializerConfig {
  return (
    kernelInitializer ?? {
      kind: 'varianceScaling',
      scale: 1 / routings[routing].squaredShares(experts),
      mode: 'fanIn',
      distribution: 'uniform',
    }
  );
}
