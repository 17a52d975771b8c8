import type { Backend, TensorData } from '@polyneuron/backend';
import type { PointTable, Score, Contestant as Side } from '../../protocol/messages.js';
import type { Settings } from '../../state/settings.js';
import type { DataSet } from '../data/dataSet.js';
import { makeDataSet } from '../data/makeDataSet.js';
import { buildNetwork, type Network, type Weights } from '../network/buildNetwork.js';
import { planNetwork } from '../network/planNetwork.js';
import { rivalPlan } from '../network/rivalPlan.js';
import { type Objective, objectiveOf } from '../programs/objective.js';
import { BatchOrder } from './batchOrder.js';
import { Contestant, type TrainingState } from './contestant.js';
import { findDivergence } from './findDivergence.js';
import { History } from './history.js';
import { nextScoredStep } from './schedule.js';
import type { BareScore } from './score.js';

/** Where a run stands. */
export type Outcome =
  | { readonly kind: 'going' | 'limit' | 'target' }
  | {
      readonly kind: 'diverged';
      readonly step: number;
      readonly side: Side;
      readonly layer: string;
      readonly tensor: string;
    };

type Pair<T> = readonly [T, T];

export type FullScore = Score & { readonly predicted: TensorData };

interface Reached {
  readonly stepsToTarget: number;
  readonly secondsToTarget: number;
}

/** State of both contestants at a scored step. */
export interface Backup {
  readonly step: number;
  readonly states: Pair<TrainingState>;
}

const sides: Pair<Side> = [0, 1];

/**
 * Two networks in training on one data set, on the same batches in the same order, alternately.
 *
 * Scores are taken at steps that depend on nothing but the step, so that a run has the same curve whatever pieces it is
 * advanced in.
 */
export class Duel {
  readonly data: DataSet;
  readonly objective: Objective;
  readonly contestants: Pair<Contestant>;
  readonly history = new History();
  settings: Settings;
  private readonly backend: Backend;
  private readonly order: BatchOrder;
  private backup: Backup | undefined;
  private reached: [Reached?, Reached?] = [];
  private steps = 0;
  /** The last step at which scores were due. */
  private scheduled = 0;

  private constructor(
    backend: Backend,
    settings: Settings,
    data: DataSet,
    objective: Objective,
    contestants: Pair<Contestant>,
  ) {
    this.backend = backend;
    this.settings = settings;
    this.data = data;
    this.objective = objective;
    this.contestants = contestants;
    this.order = new BatchOrder(data.trainRows, settings.batch, settings.weightSeed);
  }

  /** Throws EngineError on points that cannot be used, and what layers throw on what they do not take. */
  static async create(backend: Backend, settings: Settings, points?: PointTable): Promise<Duel> {
    const data = makeDataSet(settings, points);
    const objective = objectiveOf(data.task, settings.loss);
    const networks = networksOf(settings, data);
    const ours = await Contestant.create(backend, networks[0], objective, data, settings, 'ours');
    const rival = await Contestant.create(backend, networks[1], objective, data, settings, 'rival');
    const duel = new Duel(backend, settings, data, objective, [ours, rival]);
    await duel.keepScores();
    return duel;
  }

  get step(): number {
    return this.steps;
  }

  get seconds(): number {
    return (this.contestants[0].trainingMs + this.contestants[1].trainingMs) / 1000;
  }

  /** Trains by up to `most` steps, fewer where scores are due or the run ends. */
  async advance(most: number): Promise<Outcome> {
    const ended = this.outcome();
    if (ended.kind !== 'going') return ended;
    const due = nextScoredStep(this.scheduled);
    const count = Math.min(most, due - this.steps, this.settings.stop - this.steps);
    const rows = this.order.next(count);
    for (const side of sides) {
      const losses = await this.contestants[side].train(count, rows);
      if (!losses.every(Number.isFinite)) return this.diverge();
    }
    this.steps += count;
    if (this.steps !== due && this.steps !== this.settings.stop) return { kind: 'going' };
    if (this.steps === due) this.scheduled = due;
    return (await this.keepScores()) ? this.outcome() : this.diverge();
  }

  /** Scores of now, whether or not they are due. */
  async scores(): Promise<Pair<FullScore>> {
    return [await this.scoreOf(0), await this.scoreOf(1)];
  }

  /** Step and state at the last scores. */
  get lastScored(): Backup {
    return this.backup as Backup;
  }

  /** Whether a contestant has reached the target of the settings. */
  hasReached(side: Side): boolean {
    return this.reached[side] !== undefined;
  }

  outcome(): Outcome {
    const { target, stop } = this.settings;
    if (target > 0 && this.reached[0]) return { kind: 'target' };
    return { kind: this.steps >= stop ? 'limit' : 'going' };
  }

  /** Changes settings that act on a run as it is. */
  change(settings: Partial<Settings>): void {
    this.settings = { ...this.settings, ...settings };
    if (settings.rate !== undefined) for (const one of this.contestants) one.setRate(settings.rate);
    if (settings.target !== undefined) this.reached = [undefined, undefined];
  }

  async states(): Promise<Pair<TrainingState>> {
    return [await this.contestants[0].state(), await this.contestants[1].state()];
  }

  /** Goes on from a state that `states` returned at a step. */
  async restore(step: number, states: Pair<TrainingState>, history?: Float32Array): Promise<void> {
    for (const side of sides) this.contestants[side].write(states[side]);
    this.steps = step;
    this.order.seek(step);
    this.scheduled = 0;
    while (nextScoredStep(this.scheduled) <= step) this.scheduled = nextScoredStep(this.scheduled);
    if (history) this.history.replace(history);
    this.backup = { step, states };
  }

  dispose(): void {
    for (const one of this.contestants) one.dispose();
  }

  /** Adds a point to the curves; false where a loss is not finite. */
  private async keepScores(): Promise<boolean> {
    const states = await this.states();
    const [ours, rival] = [
      await this.contestants[0].score(states[0] as Weights),
      await this.contestants[1].score(states[1] as Weights),
    ];
    const losses = [ours.trainLoss, ours.testLoss, rival.trainLoss, rival.testLoss] as const;
    if (!losses.every(Number.isFinite)) return false;
    this.history.add(this.steps, ...losses);
    this.backup = { step: this.steps, states };
    this.noteTarget(0, ours);
    this.noteTarget(1, rival);
    return true;
  }

  private noteTarget(side: Side, { quality }: BareScore): void {
    const { target } = this.settings;
    if (target === 0 || this.reached[side] || quality < target / 100) return;
    const secondsToTarget = this.contestants[side].trainingMs / 1000;
    this.reached[side] = { stepsToTarget: this.steps, secondsToTarget };
  }

  private async scoreOf(side: Side): Promise<FullScore> {
    return { ...(await this.contestants[side].score()), ...this.reached[side] };
  }

  /**
   * Goes back to the last scores and on in single steps to the one that fails: what was before it stays.
   *
   * The same bits come again, so the step that fails is found, and the curves keep what was finite.
   */
  private async diverge(): Promise<Outcome> {
    const { step, states } = this.lastScored;
    await this.restore(step, states);
    for (;;) {
      const before = await this.states();
      const rows = this.order.next(1);
      for (const side of sides) {
        if (await this.survives(side, rows)) continue;
        await this.restore(this.steps, before);
        const { network } = this.contestants[side];
        const weights = before[side] as Weights;
        const place = await findDivergence(this.backend, network, this.objective, this.data, rows, weights);
        return { kind: 'diverged', step: this.steps, side, ...place };
      }
      this.steps += 1;
    }
  }

  /** Takes one step; whether the losses before and after it and all that it keeps are finite. */
  private async survives(side: Side, rows: Int32Array): Promise<boolean> {
    const one = this.contestants[side];
    const losses = await one.train(1, rows);
    const state = await one.state();
    const { trainLoss, testLoss } = await one.score(state as Weights);
    return [...losses, trainLoss, testLoss].every(Number.isFinite) && isAllFinite(state);
  }
}

function networksOf({ network, rival }: Settings, { inputs, outputs }: DataSet): Pair<Network> {
  const widths = { inputs, outputs };
  const ours = buildNetwork(planNetwork(network, widths), inputs);
  return [ours, buildNetwork(rivalPlan(rival, ours.parameters, widths), inputs)];
}

function isAllFinite(state: TrainingState): boolean {
  return Object.values(state).every((values) => values.every(Number.isFinite));
}
