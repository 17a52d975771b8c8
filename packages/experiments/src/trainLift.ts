import type { Split } from '@polyneuron/datasets';
import { countLiftParameters, createLiftWeights, liftPredict, liftStep } from '@polyneuron/kernels';
import type { ExperimentContext } from './experimentSpec.js';
import { regressionMetrics } from './measure.js';
import type { Contender } from './result.js';
import { takeTurn } from './takeTurn.js';

export interface LiftPlan {
  readonly name: string;
  readonly data: { readonly train: Split; readonly test: Split; readonly outOfRange: Split };
  /** Training samples used, once each and in order. */
  readonly samples: number;
  readonly seed: number;
}

/** Samples between two looks at the clock, the progress bar and Ctrl-C. */
const chunk = 250;
/** Samples per run of the prediction program. */
const predictionBatch = 1000;

/** Trains Lift with its two-phase step, one sample at a time, and predicts with the weights it emits. */
export async function trainLift(context: ExperimentContext, plan: LiftPlan): Promise<Contender> {
  const { backend, progress } = context;
  const { x, y } = plan.data.train;
  const weights = createLiftWeights(plan.seed);
  const names = Object.keys(weights) as (keyof typeof weights)[];
  const step = await backend.compile(liftStep({ optimizer: { epsilonPlacement: 'outside' } }));
  for (const name of names) step.write(name, weights[name]);
  progress.begin(plan.name, plan.samples);
  const losses: number[] = [];
  const started = performance.now();
  for (let from = 0; from < plan.samples; from += chunk) {
    const to = Math.min(plan.samples, from + chunk);
    const { taskLoss } = await step.scan(to - from, {
      x: x.subarray(3 * from, 3 * to),
      y: y.subarray(from, to),
    });
    losses.push(meanOf(taskLoss as ArrayLike<number>));
    progress.update(to, `loss ${losses.at(-1)?.toPrecision(4)}`);
    await takeTurn();
  }
  const seconds = (performance.now() - started) / 1000;
  progress.end();
  const trained = await Promise.all(names.map(async (name) => [name, await step.read(name)] as const));
  step.dispose();

  const predict = await backend.compile(liftPredict(predictionBatch));
  for (const [name, values] of trained) predict.write(name, values);
  const measure = async (split: Split) => {
    const predicted = new Float64Array(split.count);
    for (let from = 0; from < split.count; from += predictionBatch) {
      const rows = split.x.slice(3 * from, 3 * (from + predictionBatch));
      const batch = new Float32Array(3 * predictionBatch);
      batch.set(rows);
      const { y: values } = await predict.run({ x: batch });
      predicted.set(Array.prototype.slice.call(values, 0, rows.length / 3), from);
      await takeTurn();
    }
    return regressionMetrics({ predicted, expected: split.y });
  };
  const metrics = {
    train: await measure(plan.data.train),
    test: await measure(plan.data.test),
    outOfRange: await measure(plan.data.outOfRange),
  };
  predict.dispose();
  return {
    name: plan.name,
    parameters: countLiftParameters(),
    epochs: plan.samples / plan.data.train.count,
    seconds,
    metrics,
    // One value for the epoch, as the others have: the mean of the losses before each step
    history: { loss: [meanOf(losses)] },
  };
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] as number;
  return sum / values.length;
}
