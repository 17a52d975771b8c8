import { type Node, state } from '@polyneuron/graph';
import {
  type OptimizerConfig,
  type OptimizerSpec,
  type OptimizerStep,
  stepOptimizer,
} from '@polyneuron/kernels';
import type { TracedWeight } from '../model/tracedModel.js';

export type Nodes = Readonly<Record<string, Node>>;

/** An update rule with everything that is fixed when the program is built. */
export interface OptimizerPlan {
  readonly spec: OptimizerSpec;
  /** The learning rate in it is not part of the program: it is state, so that it may change while training. */
  readonly config: Partial<OptimizerConfig>;
  readonly schedule?: (finishedSteps: Node) => Node;
  readonly clip?: (gradients: Nodes) => Nodes;
}

/** State entry that holds the learning rate of an optimizer without a schedule. */
export const learningRateName = 'optimizer/learningRate';

export interface WeightStep {
  /** New values of weights and of the optimizer's own state, by state name. */
  readonly updates: Nodes;
  readonly state: OptimizerStep['state'];
}

/** One step of every trained weight, constraints included. */
export function stepWeights(
  plan: OptimizerPlan,
  trained: readonly TracedWeight[],
  gradients: readonly Node[],
): WeightStep {
  const {
    parameters,
    updates,
    state: kept,
  } = stepOptimizer({
    spec: plan.spec,
    config: plan.config,
    parameters: Object.fromEntries(trained.map(({ state, node }) => [state, node])),
    gradients: Object.fromEntries(trained.map(({ state }, at) => [state, gradients[at]])),
    learningRate: plan.schedule ?? (() => state(learningRateName, { shape: [], dtype: 'float32' })),
    ...(plan.clip && { clip: plan.clip }),
  });
  const stepped = trained.map(
    ({ state, project }) => [state, project ? project(parameters[state]) : parameters[state]] as const,
  );
  return { updates: { ...Object.fromEntries(stepped), ...updates }, state: kept };
}

/** Name of the state entry of one slot of one weight, and of a global: those of `stepOptimizer`. */
export const slotName = (slot: string, weight: TracedWeight): string => `optimizer/${slot}/${weight.state}`;
export const globalName = (name: string): string => `optimizer/${name}`;
