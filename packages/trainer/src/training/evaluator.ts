import type { Backend, Executable, TensorData } from '@polyneuron/backend';
import { planEpoch } from '../data/epochPlan.js';
import type { ModelInternals } from '../model/modelInternals.js';
import type { TracedModel } from '../model/tracedModel.js';
import type { Objectives } from '../objective/objectives.js';
import { countName, quantityName, rowsName } from '../programs/batchProgram.js';
import { evaluationProgram } from '../programs/evaluationProgram.js';
import { BatchTotals } from './batchTotals.js';
import { batchOptions, type ResidentData, writeData } from './residentData.js';
import { readState, type StateValues, writeState } from './weightMirror.js';

/** A compiled evaluation of one data set. */
export class Evaluator {
  private readonly executable: Executable;
  readonly traced: TracedModel;
  private readonly data: ResidentData;
  private readonly batchSize: number;
  private readonly finishers: readonly ((mean: number) => number)[];

  private constructor(
    executable: Executable,
    traced: TracedModel,
    data: ResidentData,
    batchSize: number,
    objectives: Objectives,
  ) {
    this.executable = executable;
    this.traced = traced;
    this.data = data;
    this.batchSize = batchSize;
    this.finishers = finishersOf(objectives);
  }

  static async compile(
    backend: Backend,
    model: ModelInternals,
    objectives: Objectives,
    data: ResidentData,
    batchSize: number,
    lossWeights: readonly number[],
  ): Promise<Evaluator> {
    const options = batchOptions(data, batchSize, lossWeights);
    const { program, traced } = evaluationProgram(model, objectives.perOutput, options);
    const executable = await backend.compile(program);
    try {
      writeData(executable, data);
    } catch (error) {
      executable.dispose();
      throw error;
    }
    return new Evaluator(executable, traced, data, options.batchSize, objectives);
  }

  /**
   * Total loss, losses of several outputs and metrics over the whole set, in the order of labels. `weights` are values
   * by state name; those that the forward pass changes (a call counter) come back changed in it.
   */
  async evaluate(weights: StateValues): Promise<number[]> {
    const { executable, traced, batchSize } = this;
    const entries = traced.weights.flatMap(({ state }): [string, TensorData][] =>
      weights.has(state) ? [[state, weights.get(state) as TensorData]] : [],
    );
    writeState(executable, new Map(entries));
    const plan = planEpoch({ samples: this.data.samples, batchSize, shuffle: false, seed: 0, epoch: 0 });
    const inputs = {
      [rowsName]: plan.rows,
      ...(countName in executable.program.inputs && { [countName]: plan.counts }),
    };
    const outputs = await executable.scan(plan.steps, inputs);
    const totals = new BatchTotals(this.finishers.length);
    plan.counts.forEach((count, step) => {
      totals.add(
        count,
        this.finishers.map((_, at) => outputs[quantityName(at)][step]),
      );
    });
    for (const [name, data] of await readState(executable, Object.keys(traced.updates)))
      weights.set(name, data);
    return totals.means().map((mean, at) => this.finishers[at](mean));
  }

  /** Those of the values that evaluating changes. */
  changedIn(weights: StateValues): StateValues {
    return new Map([...weights].filter(([name]) => name in this.traced.updates));
  }

  dispose(): void {
    this.executable.dispose();
  }
}

/** What turns the mean of each reported quantity into what is reported, in the order of labels. */
export function finishersOf({ perOutput }: Objectives): ((mean: number) => number)[] {
  const identity = (mean: number) => mean;
  const losses = perOutput.length > 1 ? perOutput.length : 0;
  return [
    ...new Array(1 + losses).fill(identity),
    ...perOutput.flatMap(({ metrics }) => metrics.map(({ finish }) => finish)),
  ];
}
