import type { Backend } from '@polyneuron/backend';
import type { Frame, Score, ViewWish } from '../../protocol/messages.js';
import { datasetInfo } from '../../state/datasets.js';
import { formulaOf } from '../formula/formulaOf.js';
import type { Weights } from '../network/buildNetwork.js';
import { packWeights } from '../network/buildNetwork.js';
import type { BufferPool } from '../run/bufferPool.js';
import type { Duel, FullScore } from '../run/duel.js';
import { Pictures } from '../run/pictures.js';
import { largestAt } from '../run/score.js';

/** Shortest time between two pictures of a kind while training goes on. */
const intervalsMs = { weights: 200, residuals: 200, units: 200, formula: 250 };
type Part = keyof typeof intervalsMs;
type Pair<T> = readonly [T, T];

export interface FrameRequest {
  readonly run: number;
  readonly views: ViewWish;
  readonly nowMs: number;
  /** Training stands still: everything wanted is in the frame, however lately it was shown. */
  readonly isStill: boolean;
  readonly stepsPerSecond: number;
}

/** Frames of one run: what is wanted and due, and the part of the curves that is new. */
export class FrameMaker {
  readonly pictures: Pair<Pictures>;
  private readonly duel: Duel;
  private readonly pool: BufferPool;
  private readonly shownMs: Record<Part, number> = { weights: 0, residuals: 0, units: 0, formula: 0 };
  private sentHistory = 0;

  constructor(backend: Backend, duel: Duel, pool: BufferPool) {
    this.duel = duel;
    this.pool = pool;
    const { contestants, objective, data } = duel;
    const picturesOf = (at: 0 | 1) => new Pictures(backend, contestants[at].network, objective, data);
    this.pictures = [picturesOf(0), picturesOf(1)];
  }

  async make({ run, views, nowMs, isStill, stepsPerSecond }: FrameRequest): Promise<Frame> {
    const { duel, pool } = this;
    const weights = await this.weights();
    const scores = await duel.scores();
    const isDue = (part: Part): boolean => {
      const due = views[part] && (isStill || nowMs - this.shownMs[part] >= intervalsMs[part]);
      if (due) this.shownMs[part] = nowMs;
      return due;
    };
    const both = async <T>(make: (pictures: Pictures, weights: Weights, at: 0 | 1) => T | Promise<T>) =>
      [await make(this.pictures[0], weights[0], 0), await make(this.pictures[1], weights[1], 1)] as const;
    const hasPlane = duel.data.task !== 'classes';
    const history = duel.history.since(this.sentHistory);
    this.sentHistory = duel.history.length;
    const grid = hasPlane ? views.grid : 0;
    return {
      kind: 'frame',
      run,
      step: duel.step,
      seconds: duel.seconds,
      stepsPerSecond,
      scores: [bareScore(scores[0]), bareScore(scores[1])],
      history,
      gridSize: grid,
      ...(grid > 0 && { grids: await both((one, values) => one.surface(values, views, pool)) }),
      ...(isDue('weights') && {
        weights: await both((_, values, at) => {
          const { network } = duel.contestants[at];
          return packWeights(network, values, pool.take(network.parameters));
        }),
      }),
      ...(isDue('residuals') && {
        ...(hasPlane
          ? { residuals: await both((one, _, at) => one.residuals(scores[at].predicted, pool)) }
          : { predictions: await both((_, __, at) => this.classesOf(scores[at])) }),
      }),
      ...(hasPlane &&
        isDue('units') && { units: await both((one, values) => one.units(values, views.extent, pool)) }),
      ...(hasPlane && isDue('formula') && (await this.formula(weights[0], views.extent))),
    };
  }

  async weights(): Promise<Pair<Weights>> {
    const [ours, rival] = this.duel.contestants;
    return [await ours.weights(), await rival.weights()];
  }

  /** The curves are sent again from their beginning with the next frame. */
  rewind(): void {
    this.sentHistory = 0;
  }

  dispose(): void {
    for (const one of this.pictures) one.forget();
  }

  private async formula(weights: Weights, extent: number): Promise<Pick<Frame, 'formula'>> {
    const { data, contestants, settings } = this.duel;
    const { inputNames } = datasetInfo[settings.dataset];
    const { network } = contestants[0];
    const formula = await formulaOf({
      network,
      weights,
      pictures: this.pictures[0],
      data,
      inputNames,
      extent,
    });
    return formula ? { formula } : {};
  }

  private classesOf({ predicted }: FullScore): Float32Array<ArrayBuffer> {
    const { count, outputs } = this.duel.data;
    const classes = this.pool.take(count);
    for (let row = 0; row < count; row++) classes[row] = largestAt(predicted, row, outputs);
    return classes;
  }
}

/** What goes over the protocol. */
export function bareScore({ trainLoss, testLoss, score, stepsToTarget, secondsToTarget }: FullScore): Score {
  return {
    trainLoss,
    testLoss,
    score,
    ...(stepsToTarget !== undefined && { stepsToTarget }),
    ...(secondsToTarget !== undefined && { secondsToTarget }),
  };
}

/** The buffers of a frame, which go with it. */
export function buffersOf(frame: Frame): ArrayBuffer[] {
  const arrays = [
    frame.history,
    ...(frame.grids ?? []),
    ...(frame.weights ?? []),
    ...(frame.residuals ?? []),
    ...(frame.predictions ?? []),
    ...(frame.units ?? []).flat(),
  ];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}
