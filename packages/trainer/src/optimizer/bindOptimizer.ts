import type { OptimizerConfig } from '@polyneuron/kernels';
import { type OptionProblem, TrainingOptionsError, type UnsupportedPart } from '../errors.js';
import type { ModelInternals } from '../model/modelInternals.js';
import type { TracedWeight } from '../model/tracedModel.js';
import { readClipping } from './clipping.js';
import { MemoryOptimizerLink } from './memoryOptimizerLink.js';
import type { OptimizerLink } from './optimizerLink.js';
import type { OptimizerPlan, WeightStep } from './optimizerPlan.js';
import { type OwnOptimizer, readOptimizer } from './ownOptimizer.js';
import { readParameterGroups } from './parameterGroups.js';
import { Problems } from './problems.js';
import { readSchedule } from './schedule.js';
import { TfjsOptimizerLink } from './tfjsOptimizerLink.js';
import { type TfjsOptimizerRow, tfjsOptimizerRow } from './tfjsOptimizers.js';
import type { OptimizerArgs, TrainingOptions } from './trainingOptions.js';

export interface BoundOptimizer {
  readonly plan: OptimizerPlan;
  /** Joins the state that a step keeps with where it lives between calls. */
  link(kept: WeightStep['state'], trained: readonly TracedWeight[]): OptimizerLink;
}

/** The optimizer that the model was compiled with, where it is the one to use and has no record. */
export function unsupportedOptimizer(
  { optimizer }: ModelInternals,
  args: TrainingOptions,
): UnsupportedPart[] {
  if (args.optimizer || (optimizer && tfjsOptimizerRow(optimizer))) return [];
  return [
    {
      kind: 'optimizer',
      name: optimizer?.getClassName() ?? 'none',
      reason: 'it is not one of tfjs, nor ours by args.optimizer',
    },
  ];
}

/**
 * How a fit steps: the optimizer in the arguments or else the model's own, with schedule, clipping and groups.
 *
 * Throws   TrainingOptionsError that lists every option that cannot be followed, those of `unknown` too
 */
export function bindOptimizer(
  model: ModelInternals,
  args: TrainingOptions,
  unknown: readonly OptionProblem[] = [],
): BoundOptimizer {
  const problems = new Problems(unknown);
  const schedule = readSchedule(args.schedule, problems);
  const own = args.optimizer ? readOptimizer(args.optimizer, Boolean(args.schedule), problems) : undefined;
  const clip = readClipping(args, problems);
  const rules = readParameterGroups(model, args.parameterGroups, problems);
  if (problems.count > 0) throw new TrainingOptionsError(problems.list);
  const extras = { ...(schedule && { schedule }), ...(clip && { clip }), ...(rules.size > 0 && { rules }) };
  return args.optimizer
    ? bindOwn(model, args.optimizer, own as OwnOptimizer, extras)
    : bindTfjs(model, extras);
}

type Extras = Pick<OptimizerPlan, 'schedule' | 'clip' | 'rules'>;

function bindTfjs({ optimizer, collectedTrainableWeights }: ModelInternals, extras: Extras): BoundOptimizer {
  // What has no row was refused before.
  const known = optimizer as NonNullable<typeof optimizer>;
  const row = tfjsOptimizerRow(known) as TfjsOptimizerRow;
  const { learningRate: _, ...config } = known.getConfig() as unknown as OptimizerConfig;
  return {
    plan: { spec: row.spec, config, ...extras },
    link: (kept, trained) => new TfjsOptimizerLink(known, row, kept, trained, collectedTrainableWeights),
  };
}

function bindOwn(
  model: ModelInternals,
  args: OptimizerArgs,
  { spec, config: { learningRate, ...config } }: OwnOptimizer,
  extras: Extras,
): BoundOptimizer {
  return {
    plan: { spec, config, ...extras },
    link: (kept) => new MemoryOptimizerLink(args, model, kept, learningRate),
  };
}
