import type { Backend, Executable, TensorData } from '@polyneuron/backend';
import { costOf, simplify } from '@polyneuron/graph';
import type { Settings } from '../../state/settings.js';
import type { DataSet } from '../data/dataSet.js';
import { initialWeights, type Network, type Weights } from '../network/buildNetwork.js';
import { createForwardPass, type ForwardPass, scoreOutputs } from '../programs/forwardPass.js';
import type { Objective } from '../programs/objective.js';
import { rateName, rowsName, trainingProgram, xName, yName } from '../programs/trainingProgram.js';
import { type BareScore, scoreOf } from './score.js';

/** Everything that a training step keeps, by name. */
export type TrainingState = Readonly<Record<string, Float32Array | Float64Array | Int32Array>>;

/** One network in training: its compiled step, and the pass over all samples that scores it. */
export class Contestant {
  readonly network: Network;
  readonly flopsPerStep: number;
  /** Milliseconds of training. */
  trainingMs = 0;
  private readonly data: DataSet;
  private readonly training: Executable;
  private readonly scoring: ForwardPass;
  private readonly stateNames: readonly string[];

  private constructor(
    network: Network,
    data: DataSet,
    training: Executable,
    scoring: ForwardPass,
    flopsPerStep: number,
  ) {
    this.network = network;
    this.data = data;
    this.training = training;
    this.scoring = scoring;
    this.flopsPerStep = flopsPerStep;
    const fixed = new Set([xName, yName, rateName]);
    this.stateNames = Object.keys(training.program.state).filter((name) => !fixed.has(name));
  }

  static async create(
    backend: Backend,
    network: Network,
    objective: Objective,
    data: DataSet,
    settings: Settings,
    name: string,
  ): Promise<Contestant> {
    const step = trainingProgram(network, objective, data.count, settings);
    const training = await backend.compile(step.program);
    training.write(xName, data.seenX);
    training.write(yName, data.seenY);
    const scoring = await createForwardPass(
      backend,
      network,
      { x: data.seenX, y: data.seenY },
      scoreOutputs(objective),
    );
    const contestant = new Contestant(network, data, training, scoring, costOf(simplify(step.program)).flops);
    contestant.setRate(settings.rate);
    contestant.write({ ...step.slots, ...initialWeights(network, settings.weightSeed, name) });
    return contestant;
  }

  setRate(rate: number): void {
    this.training.write(rateName, Float32Array.of(rate));
  }

  /** Trains on the rows of successive batches; returns the loss of each step before its update. */
  async train(steps: number, rows: Int32Array): Promise<TensorData> {
    const from = performance.now();
    const { loss } = await this.training.scan(steps, { [rowsName]: rows });
    this.trainingMs += performance.now() - from;
    return loss;
  }

  async weights(): Promise<Weights> {
    return (await this.read(this.network.places.map(({ name }) => name))) as Weights;
  }

  state(): Promise<TrainingState> {
    return this.read(this.stateNames);
  }

  write(state: TrainingState): void {
    for (const [name, values] of Object.entries(state)) this.training.write(name, values);
  }

  /** Losses, score and predictions with these weights, or those of now. */
  async score(weights?: Weights): Promise<BareScore & { readonly predicted: TensorData }> {
    const results = await this.scoring.run(weights ?? (await this.weights()));
    return { ...scoreOf(this.data, results), predicted: results.predicted };
  }

  dispose(): void {
    this.training.dispose();
    this.scoring.dispose();
  }

  private async read(names: readonly string[]): Promise<TrainingState> {
    const values = await Promise.all(names.map((name) => this.training.read(name)));
    return Object.fromEntries(names.map((name, at) => [name, values[at]])) as TrainingState;
  }
}
