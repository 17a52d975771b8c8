import { clipByGlobalNorm, clipByNorm, clipByValue } from '@polyneuron/kernels';
import type { Nodes, OptimizerPlan } from './optimizerPlan.js';
import { checkNumber, type Problems } from './problems.js';
import type { TrainingOptions } from './trainingOptions.js';

const clips: {
  readonly [K in 'clipNorm' | 'clipGlobalNorm' | 'clipValue']: (limit: number) => (gradients: Nodes) => Nodes;
} = { clipNorm: clipByNorm, clipGlobalNorm: clipByGlobalNorm, clipValue: clipByValue };

/** The one clip that the options ask for; undefined where they ask for none. */
export function readClipping(given: TrainingOptions, problems: Problems): OptimizerPlan['clip'] {
  const asked = (Object.keys(clips) as (keyof typeof clips)[]).filter(
    (name) => given[name] !== undefined && given[name] !== null,
  );
  const before = problems.count;
  if (asked.length > 1)
    problems.add(asked.join(', '), 'expected one kind of clipping: each changes what the other measures');
  for (const name of asked) checkNumber(problems, name, given[name], 'positive');
  const [name] = asked;
  return name && problems.count === before ? clips[name](given[name] as number) : undefined;
}
