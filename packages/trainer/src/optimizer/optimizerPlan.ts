import { type Node, state } from '@polyneuron/graph';
import {
  type OptimizerConfig,
  type OptimizerSpec,
  type OptimizerStep,
  type ParameterRule,
  stepOptimizer,
} from '@polyneuron/kernels';
import type { TracedWeight } from '../model/tracedModel.js';
import type { WeightRules } from './parameterGroups.js';

export type Nodes = Readonly<Record<string, Node>>;

/** An update rule with everything that is fixed when the program is built. */
export interface OptimizerPlan {
  readonly spec: OptimizerSpec;
  /** The learning rate in it is not part of the program: it is state, so that it may change while training. */
  readonly config: Partial<OptimizerConfig>;
  readonly schedule?: (finishedSteps: Node) => Node;
  readonly clip?: (gradients: Nodes) => Nodes;
  /** Rules of the weights that are in a group. */
  readonly rules?: WeightRules;
}

/** State entry that holds the learning rate of an optimizer without a schedule. */
export const learningRateName = 'optimizer/learningRate';

export interface WeightStep {
  /** New values of weights and of the optimizer's own state, by state name. */
  readonly updates: Nodes;
  readonly state: OptimizerStep['state'];
}

/** State entry that holds what the decay of a weight with a random law pulls towards. */
export const startName = (weight: TracedWeight): string => `start/${weight.state}`;

/** One step of every trained weight, constraints included. */
export function stepWeights(
  plan: OptimizerPlan,
  trained: readonly TracedWeight[],
  gradients: readonly Node[],
): WeightStep {
  const byState = new Map(trained.map((weight) => [weight.state, weight]));
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
    ...(plan.rules && {
      ruleOf: (name: string) => ruleOf(plan.rules as WeightRules, byState.get(name) as TracedWeight),
    }),
  });
  const stepped = trained.map(
    ({ state, project }) => [state, project ? project(parameters[state]) : parameters[state]] as const,
  );
  return { updates: { ...Object.fromEntries(stepped), ...updates }, state: kept };
}

function ruleOf(rules: WeightRules, weight: TracedWeight): ParameterRule | undefined {
  const rule = rules.get(weight.variable);
  if (!rule) return undefined;
  const { learningRateFactor, decay, startValue } = rule;
  return {
    learningRateFactor,
    ...(decay !== undefined && { decay }),
    rest: startValue ?? state(startName(weight), weight.spec),
  };
}

/** Name of the state entry of one slot of one weight, and of a global: those of `stepOptimizer`. */
export const slotName = (slot: string, weight: TracedWeight): string => `optimizer/${slot}/${weight.state}`;
export const globalName = (name: string): string => `optimizer/${name}`;
