import { ValueError } from '@polyneuron/graph';
import {
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  optimizer as findOptimizer,
  schedule as findSchedule,
  type OptimizerConfig,
  type OptimizerSpec,
  optimizerConfig,
  type ScheduleConfigs,
  type ScheduleName,
} from '@polyneuron/kernels';
import type { UnsupportedPart } from '../errors.js';
import type { ModelInternals } from '../model/modelInternals.js';
import type { TracedWeight } from '../model/tracedModel.js';
import { MemoryOptimizerLink } from './memoryOptimizerLink.js';
import type { OptimizerLink } from './optimizerLink.js';
import type { Nodes, OptimizerPlan, WeightStep } from './optimizerPlan.js';
import { TfjsOptimizerLink } from './tfjsOptimizerLink.js';
import { tfjsOptimizerRow } from './tfjsOptimizers.js';

/** A learning-rate schedule by name, with its options: { name: 'cosineDecay', initialLearningRate, decaySteps }. */
export type ScheduleArgs = { [K in ScheduleName]: { readonly name: K } & ScheduleConfigs[K] }[ScheduleName];

/** One limit on the gradients, applied before the update. */
export type ClipArgs =
  | { readonly value: number }
  | { readonly norm: number }
  | { readonly globalNorm: number };

/**
 * An optimizer by name, with its options: { name: 'adamW', learningRate: 1e-3, weightDecay: 0.01 }. It keeps its state
 * as long as this object: pass the same object to the next fit to go on.
 */
export interface OptimizerArgs {
  readonly name: string;
  readonly schedule?: ScheduleArgs;
  readonly clip?: ClipArgs;
  readonly [option: string]: unknown;
}

export interface BoundOptimizer {
  readonly plan: OptimizerPlan;
  /** Joins the state that a step keeps with where it lives between calls. */
  link(kept: WeightStep['state'], trained: readonly TracedWeight[]): OptimizerLink;
}

/** The optimizer of a fit: the one in the arguments, or else the model's own. */
export function bindOptimizer(
  model: ModelInternals,
  args: OptimizerArgs | undefined | null,
): BoundOptimizer | { readonly unsupported: readonly UnsupportedPart[] } {
  return args ? bindOwn(model, args) : bindTfjs(model);
}

function bindTfjs(
  model: ModelInternals,
): BoundOptimizer | { readonly unsupported: readonly UnsupportedPart[] } {
  const { optimizer } = model;
  const row = optimizer ? tfjsOptimizerRow(optimizer) : undefined;
  if (!optimizer || !row)
    return {
      unsupported: [
        {
          kind: 'optimizer',
          name: optimizer?.getClassName() ?? 'none',
          reason: 'it is not one of tfjs, nor ours by args.optimizer',
        },
      ],
    };
  const { learningRate: _, ...config } = optimizer.getConfig() as unknown as OptimizerConfig;
  return {
    plan: { spec: row.spec, config },
    link: (kept, trained) =>
      new TfjsOptimizerLink(optimizer, row, kept, trained, model.collectedTrainableWeights),
  };
}

function bindOwn(model: ModelInternals, args: OptimizerArgs): BoundOptimizer {
  const { name, schedule, clip, ...options } = args;
  const spec: OptimizerSpec = findOptimizer(name);
  const { learningRate, ...config } = optimizerConfig(spec, options as Partial<OptimizerConfig>);
  return {
    plan: {
      spec,
      config,
      ...(schedule && { schedule: scheduleOf(schedule) }),
      ...(clip && { clip: clipOf(clip) }),
    },
    link: (kept) => new MemoryOptimizerLink(args, model, kept, learningRate),
  };
}

function scheduleOf({ name, ...config }: ScheduleArgs): NonNullable<OptimizerPlan['schedule']> {
  const spec = findSchedule(name);
  return (finishedSteps) => spec.learningRate(config, finishedSteps);
}

const clips: Readonly<Record<string, (limit: number) => (gradients: Nodes) => Nodes>> = {
  value: clipByValue,
  norm: clipByNorm,
  globalNorm: clipByGlobalNorm,
};

function clipOf(clip: ClipArgs): (gradients: Nodes) => Nodes {
  const [[kind, limit], ...others] = Object.entries(clip);
  if (others.length === 0 && Object.hasOwn(clips, kind)) return clips[kind](limit);
  throw new ValueError({
    subject: 'fit',
    expected: 'args.optimizer.clip to be one of { value }, { norm }, { globalNorm }',
    received: JSON.stringify(clip),
    fix: 'pass one limit, such as { globalNorm: 1 }',
  });
}
