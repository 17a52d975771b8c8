/** @file The loop over epochs: batches in, logs out, weights back into the model whatever happens. */
import type { Executable, TensorMap } from '@polyneuron/backend';
import { type EpochPlan, planEpoch, type Shuffle } from '../data/epochPlan.js';
import { NonFiniteLossError } from '../errors.js';
import type { ModelInternals } from '../model/modelInternals.js';
import type { Objectives } from '../objective/objectives.js';
import type { OptimizerLink } from '../optimizer/optimizerLink.js';
import { countName, quantityName, rowsName } from '../programs/batchProgram.js';
import { isGoodValue } from '../programs/trainingProgram.js';
import { BatchTotals } from './batchTotals.js';
import { type CallbackSetup, Pacer } from './callbacks.js';
import { type Evaluator, finishersOf } from './evaluator.js';
import { readState, type StateValues, type WeightMirror, writeState } from './weightMirror.js';

export interface TrainingRunParts {
  readonly model: ModelInternals;
  readonly executable: Executable;
  readonly objectives: Objectives;
  readonly mirror: WeightMirror;
  readonly optimizer: OptimizerLink;
  readonly callbacks: CallbackSetup;
  readonly validation: Evaluator | null;
  readonly samples: number;
  readonly batchSize: number;
  readonly shuffle: Shuffle;
  readonly seed: number;
  readonly epochs: number;
  readonly initialEpoch: number;
  readonly stepsPerEpoch: number | undefined;
}

type Logs = Record<string, number>;

/**
 * One call of fit. The executable's state is read back whenever the user's code may look at the model: after every
 * stop that callbacks or yielding ask for, at the end of every epoch, and when training ends or fails.
 */
export class TrainingRun {
  private readonly parts: TrainingRunParts;
  private readonly pacer: Pacer;
  private readonly finishers: readonly ((mean: number) => number)[];
  /** Weights and optimizer state, as last read and found finite. */
  private lastGood: StateValues = new Map();
  private lastGoodPlace = 'as they were before training';
  private hasDiverged = false;

  constructor(parts: TrainingRunParts) {
    this.parts = parts;
    this.pacer = new Pacer(parts.callbacks.pace);
    this.finishers = finishersOf(parts.objectives);
  }

  /** Trains. The model has its weights and the optimizer its state when this ends, and when it throws. */
  async run(): Promise<void> {
    const { model, callbacks, initialEpoch, epochs, executable } = this.parts;
    this.lastGood = await readState(executable, this.stateNames);
    try {
      await callbacks.list.onTrainBegin();
      model.stopTraining_ = false;
      for (let epoch = initialEpoch; epoch < epochs && !model.stopTraining_; epoch++)
        await this.runEpoch(epoch);
      await callbacks.list.onTrainEnd();
    } finally {
      await this.deliver();
    }
  }

  private async runEpoch(epoch: number): Promise<void> {
    const { model, callbacks } = this.parts;
    const { list } = callbacks;
    await list.onEpochBegin(epoch);
    const plan = planEpoch({ ...this.parts, epoch });
    const totals = new BatchTotals(this.finishers.length);
    let validationLogs: Logs = {};
    for (let step = 0; step === 0 || (step < plan.steps && !model.stopTraining_); ) {
      const count = this.pacer.next(plan.steps - step);
      await list.onBatchBegin(step, {});
      const batchLogs = await this.runSteps(epoch, plan, step, count, totals);
      step += count;
      await this.pull(epoch, step - 1, step === plan.steps ? this.stateNames : this.parts.mirror.names);
      // As in tfjs, the set is validated before the callbacks of the last batch run.
      if (step === plan.steps) validationLogs = await this.validate();
      this.parts.mirror.assign(this.lastGood);
      await list.onBatchEnd(step - 1, { batch: step - 1, size: plan.counts[step - 1], ...batchLogs });
    }
    await list.onEpochEnd(epoch, { ...validationLogs, ...this.logsOf(totals.means()) });
  }

  /** Runs `count` steps without a stop; the logs of the last one. */
  private async runSteps(
    epoch: number,
    plan: EpochPlan,
    from: number,
    count: number,
    totals: BatchTotals,
  ): Promise<Logs> {
    const { executable, mirror, optimizer } = this.parts;
    // Callbacks may have set weights or the learning rate.
    await mirror.upload(executable);
    optimizer.uploadLearningRate(executable);
    const started = performance.now();
    const outputs = await executable.scan(count, this.inputsOf(plan, from, count));
    this.pacer.took(count, performance.now() - started);
    let means: number[] = [];
    for (let at = 0; at < count; at++) {
      means = this.finishers.map((_, quantity) => outputs[quantityName(quantity)][at]);
      if (!isGoodValue(means[0])) await this.stop(`a loss of ${means[0]}`, epoch, from + at);
      totals.add(plan.counts[from + at], means);
    }
    return this.logsOf(means);
  }

  private inputsOf({ rows, counts, batchSize }: EpochPlan, from: number, count: number): TensorMap {
    const { inputs } = this.parts.executable.program;
    return {
      [rowsName]: rows.subarray(from * batchSize, (from + count) * batchSize),
      ...(countName in inputs && { [countName]: counts.subarray(from, from + count) }),
    };
  }

  private async validate(): Promise<Logs> {
    const { validation, executable, objectives } = this.parts;
    if (!validation) return {};
    const values = await validation.evaluate(this.lastGood);
    writeState(executable, validation.changedIn(this.lastGood));
    return Object.fromEntries(objectives.labels.map((label, at) => [`val_${label}`, values[at]]));
  }

  private get stateNames(): string[] {
    return [...this.parts.mirror.names, ...this.parts.optimizer.stateNames];
  }

  /** Reads state entries into `lastGood`. Weights that are not finite end the training. */
  private async pull(epoch: number, step: number, names: readonly string[]): Promise<void> {
    if (!(await this.readGood(names, `as they were after epoch ${epoch}, step ${step}`)))
      await this.stop('weights or optimizer state that are not finite', epoch, step);
  }

  /** False, and nothing kept, where a value is not finite. */
  private async readGood(names: readonly string[], place: string): Promise<boolean> {
    const values = await readState(this.parts.executable, names);
    for (const data of values.values()) if (!data.every(isGoodValue)) return false;
    this.lastGood = new Map([...this.lastGood, ...values]);
    this.lastGoodPlace = place;
    return true;
  }

  /** The program itself refused the step, so the state is that before it, unless a gradient had spoilt it already. */
  private async stop(received: string, epoch: number, step: number): Promise<never> {
    this.hasDiverged = true;
    await this.readGood(this.stateNames, 'as they were before this step');
    throw new NonFiniteLossError({ received, epoch, step, weights: this.lastGoodPlace });
  }

  /** Everything back into tfjs: what the executable holds, or what was read last where it cannot be read any more. */
  private async deliver(): Promise<void> {
    const { mirror, optimizer } = this.parts;
    if (!this.hasDiverged) await this.readGood(this.stateNames, '').catch(() => {});
    mirror.assign(this.lastGood);
    optimizer.save(this.lastGood);
  }

  private logsOf(means: readonly number[]): Logs {
    return Object.fromEntries(
      this.parts.objectives.labels.map((label, at) => [label, this.finishers[at](means[at])]),
    );
  }
}
